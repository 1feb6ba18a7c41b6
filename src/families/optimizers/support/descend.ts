import { AbortedError, InputError, ShapeError } from '../../../core/errors.ts';
import { Random } from '../../../core/random.ts';
import { requirePoints } from '../../../manifolds/require-points.ts';
import type { MethodRun } from '../../../method/method.ts';
import type { OptionsOf } from '../../../method/options.ts';
import type {
  HistoryEntry,
  OptimizerResult,
  OptimizerRunOptions,
  OptimizerState,
  Problem,
} from '../types.ts';
import { bodyOf, type Taken } from './body.ts';
import { requireFacts } from './facts.ts';
import type { MomentumRule } from './momentum.ts';
import type { commonOptions } from './options.ts';
import { scheduleFactor } from './schedule.ts';
import { copiedArrays, restore } from './state.ts';
import { stopWatch } from './stop.ts';

type Settings = OptionsOf<typeof commonOptions> & { readonly learningRate: number };

/** Below this share of the first learning rate, rows that rest are not stuck. */
const AT_SPEED = 0.01;

/** More recorded losses than this draw no better curve. */
const MOST_ENTRIES = 2000;

/**
 * Runs a momentum method over all rows or over minibatches.
 *
 * Step t draws its rows from the stream `fork(t).fork('rows')` of the seed and hands `fork(t)` on to
 * the objective, so that a step is the same whether or not those before it were run here. The loss
 * of the result is that of the last step, before it moved the points.
 */
export async function descend(
  optimizer: string,
  problem: Problem,
  settings: Settings,
  rule: MomentumRule,
  run: MethodRun<OptimizerRunOptions>,
): Promise<OptimizerResult> {
  const { objective, start, manifold } = problem;
  const { rows: n, cols: d } = start;
  if (n < 1 || d < 1) throw new ShapeError(optimizer, 'at least 1 × 1 points', `${n} × ${d}`);
  requirePoints(optimizer, 'the start', start, manifold);
  requireFacts(optimizer, problem);
  const { steps, tolerance, update } = settings;
  const { resume, onCheckpoint, onStep, signal, until = steps } = run.options;
  const last = Math.min(steps, until);
  const engine = await run.engineFor(start);
  const random = Random.fromSeed(settings.seed);
  const batch = settings.batch === 0 ? start.rows : Math.min(settings.batch, start.rows);
  const body = bodyOf(problem, rule, { batch, dense: update === 'dense', steps, engine });
  const watch = stopWatch(Math.ceil(start.rows / batch), tolerance);
  const arrays = { ...body.arrays, ...rule.arrays, ...watch.arrays };
  if (resume) restore(optimizer, resume, arrays);
  const history: HistoryEntry[] = [...(resume?.history ?? [])];
  const first = resume?.step ?? 0;
  let step = first;
  let loss = history.at(-1)?.loss ?? NaN;
  let stop: OptimizerResult['stop'] | undefined;
  const state = (): OptimizerState => ({
    optimizer,
    step,
    arrays: copiedArrays(arrays),
    history: [...history],
  });
  const began = performance.now();
  const stepsPerSecond = () => ((step - first) * 1000) / (performance.now() - began);

  const takenByAll = async (next: number): Promise<Taken> => {
    const stream = random.fork(next);
    const { points, gradient, ...facts } = await body.begin(next, stream.fork('rows'));
    const context = { ...facts, engine, random: stream, signal };
    const answer = objective.lossAndGradient(points, gradient, context);
    const loss = typeof answer === 'number' ? answer : await answer;
    requireFinite(optimizer, `the loss of ${objective.name}`, next, loss);
    return { loss, ...(await body.finish(next)) };
  };

  const takeStep = async (next: number): Promise<number> => {
    const {
      loss: value,
      meanSquare,
      moved,
    } = body.take
      ? await body.take(next, () => ({ engine, random: random.fork(next), signal }))
      : await takenByAll(next);
    requireFinite(optimizer, `the loss of ${objective.name}`, next, value);
    requireFinite(optimizer, `the gradient of ${objective.name}`, next, meanSquare);
    step = next;
    loss = value;
    const atSpeed = scheduleFactor(settings, step) >= AT_SPEED;
    stop = watch.after(step, { meanSquare, moved, atSpeed });
    const recorded = step % Math.ceil(steps / MOST_ENTRIES) === 0 || step === 1;
    if (recorded || step === steps || stop !== undefined) {
      history.push({ step, loss, gradientNorm: Math.sqrt(meanSquare) });
    }
    return Math.sqrt(meanSquare);
  };

  try {
    while (step < last && stop === undefined) {
      const gradientNorm = await takeStep(step + 1);
      onCheckpoint?.(step, state);
      await onStep?.({ step, loss, gradientNorm, points: () => body.settled(step) });
      await run.tick({
        stage: optimizer,
        done: step / steps,
        loss,
        step,
        stepsPerSecond: stepsPerSecond(),
      });
    }
  } catch (error) {
    // The arrays are those of the last whole step: a step changes them only once it has its loss.
    if (error instanceof AbortedError) onCheckpoint?.(step, state);
    throw error;
  }
  return {
    points: await body.settled(step, true),
    loss,
    history,
    iterations: step,
    stop: stop ?? (step < steps ? 'paused' : 'max-iterations'),
    stepsPerSecond: stepsPerSecond(),
    update,
    engine: engine.name,
  };
}

function requireFinite(optimizer: string, what: string, step: number, value: number): void {
  if (Number.isFinite(value)) return;
  throw new InputError(
    optimizer,
    `${what} is ${value} at step ${step}; a smaller learning rate may help.`,
  );
}
