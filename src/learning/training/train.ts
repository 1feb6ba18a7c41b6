import { AbortedError, InputError, OptionError } from '../../core/errors.ts';
import { Random } from '../../core/random.ts';
import type { EngineName } from '../../engine/engine.ts';
import { yieldToEventLoop } from '../../engine/yield.ts';
import { type Differentiated, gradientsOf, workspaceFor } from '../tape/evaluate.ts';
import type { Parameter } from '../tape/parameter.ts';
import type { Tensor } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { clipByGlobalNorm } from '../updates/clip-by-global-norm.ts';
import {
  type Checkpoint,
  encodeCheckpoint,
  loadCheckpoint,
  requireAllRestored,
  requireConditions,
  restoreParameter,
  restoreState,
} from './checkpoint.ts';
import { bestOf, heldOutValue, isExhausted } from './held-out.ts';
import { requireFiniteParameters, requireFiniteStep } from './not-finite.ts';
import {
  type LossAndReport,
  requireTrainOptions,
  type TrainingProgress,
  type TrainOptions,
  type TrainResult,
} from './options.ts';
import {
  entered,
  keepBest,
  newState,
  parametersBelow,
  parametersOf,
  requireBelow,
  restoreBest,
  type Trained,
  type TrainingState,
} from './state.ts';

const STEPS_BETWEEN_CHECKPOINTS = 100;
const MILLISECONDS_BETWEEN_TURNS = 16;

/** A training that runs: what was asked for, where it stands, where it computes. */
interface Running {
  readonly options: TrainOptions;
  readonly state: TrainingState;
  readonly random: Random;
  /** Chosen when the first loss shows the element type. */
  workspace?: Workspace;
  /** Until the first loss is built. */
  resumed?: Checkpoint | undefined;
  savedAfter?: number;
}

/**
 * Moves parameters down the gradient of a loss, step by step. The parameters are those below the loss; they are
 * changed where they are. The same seed gives the same bytes on one engine, with any number of threads, and
 * a run that was killed and resumed ends with the bytes of one that was not.
 *
 * A loss or a gradient that is not finite ends it with a sentence about where; the last checkpoint stays.
 *
 * @example
 * const weight = parameter('weight', new Float32Array(2), [1, 2]);
 * const x = constant(Float32Array.of(1, 0, 0, 1), [2, 2]);
 * const y = constant(Float32Array.of(3, -1), [2, 1]);
 * const loss = () => {
 *   const error = subtract(linear(x, weight), y);
 *   return mean(multiply(error, error));
 * };
 * const { losses } = await train({ loss, steps: 100, update: sgd({ learningRate: 0.5 }) });
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  requireTrainOptions(options);
  const { steps, seed = 0, also, signal, checkpoint, heldOut, resume, parameters = [] } = options;
  if (signal?.aborted) throw new AbortedError('train');
  const state = newState(seed, also);
  const running: Running = { options, state, random: Random.fromSeed(seed).fork('training') };
  const resumed = checkpoint && resume ? await loadCheckpoint(checkpoint.store) : undefined;
  if (resumed) await takeUp(running, resumed);
  for (const parameter of parameters) met(running, parameter);
  const first = state.step;
  const isDone = () => heldOut !== undefined && isExhausted(state.heldOut, heldOut);
  // With no step left to do, the loss is built all the same: it leads to the parameters.
  if (resumed && (first === steps || isDone())) await builtLoss(running, first);

  const clock = startedClock(options, first);
  while (state.step < steps && !isDone() && !signal?.aborted) {
    await oneStep(running);
    if (isDue(state.step, checkpoint?.every ?? STEPS_BETWEEN_CHECKPOINTS)) await save(running);
    await clock.turn(state.step, state.losses[state.step - 1]);
  }
  if (running.savedAfter !== state.step) await save(running);
  if (heldOut) restoreBest(state);
  const seconds = clock.seconds();
  const engine = (running.workspace?.engine.name ?? resumed?.engine) as EngineName;
  return {
    steps: state.step,
    loss: state.losses[state.step - 1],
    losses: Float64Array.from(state.losses),
    reports: Object.fromEntries(
      Array.from(state.reports, ([name, values]) => [name, Float64Array.from(values)]),
    ),
    seconds,
    stepsPerSecond: state.step > first ? (state.step - first) / seconds : 0,
    engine,
    parameters: parametersOf(state),
    ended: isDone() ? 'patience' : state.step < steps ? 'signal' : 'steps',
    resumedAfter: resumed?.step,
    heldOut: heldOut && {
      values: state.heldOut,
      best: bestOf(state.heldOut, heldOut.better),
      better: heldOut.better,
    },
    warnings: resumed && resumed.engine !== engine ? [otherEngine(resumed, engine)] : [],
  };
}

const isDue = (step: number, every: number) => step % every === 0;

const otherEngine = ({ step, engine }: Checkpoint, now: EngineName) =>
  `The steps up to ${step} were made on the engine ${engine}, those after it on ${now}; bytes repeat on one engine only.`;

/** Takes over what the checkpoint has, as far as it can be known before a loss is built. */
async function takeUp(running: Running, checkpoint: Checkpoint): Promise<void> {
  const { options, state } = running;
  const { name, step, seed } = checkpoint;
  if (seed !== state.seed)
    throw new InputError(name, `the checkpoint has the seed ${seed}; this run has ${state.seed}.`);
  if (step > options.steps)
    throw new InputError(
      name,
      `the checkpoint stands after step ${step}; this run ends after ${options.steps}.`,
    );
  requireConditions(checkpoint, options.conditions);
  running.resumed = checkpoint;
  restoreState(state, checkpoint);
}

/** What moves a parameter; where it is met for the first time, as the checkpoint has it. */
function met({ options, state, resumed }: Running, parameter: Parameter): Trained {
  const { update } = options;
  const [one, isNew] = entered(
    state,
    parameter,
    typeof update === 'function' ? update : () => update,
  );
  if (isNew && resumed) restoreParameter(resumed, one);
  return one;
}

async function builtLoss(running: Running, step: number): Promise<LossAndReport> {
  const { options, state, random, resumed } = running;
  const built = await options.loss({ step, random: random.fork(step) });
  if (!built)
    throw new InputError('train', `the loss of step ${step} is nothing; is \`return\` missing?`);
  const parts: LossAndReport = isTensor(built) ? { loss: built } : built;
  requireBelow(parts.loss, step, parts);
  for (const parameter of parametersBelow(parts.loss)) met(running, parameter);
  if (state.trained.size === 0)
    throw new InputError('train', `there is no parameter below the loss of step ${step}.`);
  if (resumed) requireAllRestored(resumed, parametersOf(state));
  // A parameter that later steps bring starts afresh, as it does in a run without a break.
  running.resumed = undefined;
  return parts;
}

const isTensor = (built: Tensor | LossAndReport): built is Tensor => 'inputs' in built;

async function oneStep(running: Running): Promise<void> {
  const { options, state } = running;
  const { engine, clip = Infinity, heldOut } = options;
  const step = state.step + 1;
  const { loss: root, report = {}, values = {} } = await builtLoss(running, step);
  running.workspace ??= engine ? new Workspace(engine) : await workspaceFor(root);
  const wanted = [...Object.values(report), ...Object.values(values)];
  const differentiated = await gradientsOf(root, running.workspace, wanted);
  const { loss, gradients, values: found } = differentiated;
  const norm = clipByGlobalNorm(gradients, clip);
  requireFiniteStep(step, loss, norm, gradients);
  const factor = factorOf(options, step);
  await applyUpdates(running, gradients, step, factor);

  state.step = step;
  state.losses.push(loss);
  const numbers = Object.keys(report).map((name, i) => [name, found[i][0]] as const);
  noteReports(state, numbers);
  const arrays = Object.keys(values).map((name, i) => [name, found[numbers.length + i]] as const);
  await options.onStep?.({
    step,
    loss,
    factor,
    gradientNorm: norm,
    report: Object.fromEntries(numbers),
    values: Object.fromEntries(arrays),
  });
  if (heldOut && (isDue(step, heldOut.every) || step === options.steps)) {
    state.heldOut.push(await heldOutValue(heldOut, step));
    if (bestOf(state.heldOut, heldOut.better)?.step === step) keepBest(state);
  }
}

function factorOf({ steps, schedule = () => 1 }: TrainOptions, step: number): number {
  const factor = schedule(step, steps);
  if (factor >= 0 && factor < Infinity) return factor;
  throw new OptionError('train', 'schedule', `a number from 0 on at step ${step}`, factor);
}

async function applyUpdates(
  running: Running,
  gradients: Differentiated['gradients'],
  step: number,
  factor: number,
): Promise<void> {
  const { workspace } = running;
  if (!workspace) return;
  const { engine } = workspace;
  for (const [parameter, gradient] of gradients) {
    const one = met(running, parameter);
    const rate = one.update.learningRate * factor;
    const pending = one.update.apply(parameter, gradient, one.state, { step, rate, engine });
    if (pending) await pending;
  }
}

/** One number for every step so far, NaN where there was none. */
function noteReports(
  { step, reports }: TrainingState,
  numbers: readonly (readonly [string, number])[],
) {
  for (const [name] of numbers) if (!reports.has(name)) reports.set(name, []);
  const now = new Map(numbers);
  for (const [name, values] of reports) {
    while (values.length < step - 1) values.push(Number.NaN);
    values.push(now.get(name) ?? Number.NaN);
  }
}

async function save(running: Running): Promise<void> {
  const { options, state, workspace } = running;
  const { checkpoint } = options;
  requireFiniteParameters(state.step, parametersOf(state));
  running.savedAfter = state.step;
  if (!checkpoint || !workspace) return;
  const { conditions } = options;
  await checkpoint.store.save(encodeCheckpoint(state, workspace.engine.name, conditions));
}

/** Measures, reports, and lets timers and input have their turn now and then. */
function startedClock({ steps, onProgress }: TrainOptions, first: number) {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  let last = start;
  return {
    seconds,
    async turn(step: number, loss: number): Promise<void> {
      if (performance.now() - last < MILLISECONDS_BETWEEN_TURNS && step < steps) return;
      const stepsPerSecond = (step - first) / Math.max(seconds(), 1e-9);
      const secondsLeft = (steps - step) / stepsPerSecond;
      const progress: TrainingProgress = {
        stage: 'train',
        done: step / steps,
        step,
        steps,
        loss,
        stepsPerSecond,
        secondsLeft,
      };
      onProgress?.(progress);
      await yieldToEventLoop();
      last = performance.now();
    },
  };
}
