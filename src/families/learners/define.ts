import { AbortedError, InputError, OptionError } from '../../core/errors.ts';
import { type Floats, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { refuseNonFinite } from '../../core/rows.ts';
import { defaultEngine } from '../../engine/choose.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  add,
  batches,
  decodeModel,
  encodeModel,
  evaluate,
  type LossAndReport,
  type Model,
  objective,
  restoreModel,
  type StoredModel,
  scale,
  type TrainOptions,
  train,
  Workspace,
} from '../../learning/index.ts';
import { defineMethod } from '../../method/method.ts';
import type { OptionSpecs } from '../../method/options.ts';
import { commonOptions } from './support/common-options.ts';
import { conditionsOf } from './support/conditions.ts';
import { cutColumns, requireCut, untrained } from './support/embedding-cuts.ts';
import { fewerWeights, watchedRun } from './support/fewer-weights.ts';
import { given } from './support/given.ts';
import { scheduleOf, updateOf } from './support/updates.ts';
import type {
  Embedded,
  EmbedOptions,
  Examples,
  Learned,
  Learner,
  LearnerOptions,
  LearnerRunOptions,
  LearnerSpec,
  LossOfStep,
  Network,
  Settings,
  Task,
} from './types.ts';

/** Where neither steps nor epochs are given. */
const [USUAL_EPOCHS, FEWEST_STEPS] = [10, 300];

/** Rows that are embedded at once. */
const BLOCK = 1024;

/**
 * Makes a learner of what it says: options, checks, batches, update rules, the dispersion term, checkpoints and the
 * model's file are the same for all.
 */
// @__NO_SIDE_EFFECTS__
export function defineLearner<const S extends OptionSpecs, P extends Settings, N extends Network>(
  spec: LearnerSpec<S, P, N>,
): Learner<S & typeof commonOptions> {
  const {
    needs,
    optional = [],
    encodes,
    settle,
    build,
    task,
    encode,
    cuts,
    fieldsOf,
    ...rest
  } = spec;
  const {
    takesCodes = false,
    takesSpread = true,
    takesPrevious = false,
    hasSides = false,
    ...header
  } = rest;
  const { id } = header;
  const wanted = typeof encodes === 'string' ? (encodes === 'nothing' ? [] : [encodes]) : encodes;
  const method = defineMethod<Examples, S & typeof commonOptions, Learned, LearnerRunOptions>({
    ...header,
    family: 'learners',
    options: { ...commonOptions, ...spec.options },
    async compute(examples, own, run) {
      const options = own as unknown as LearnerOptions<S>;
      given(id, examples, needs);
      const like = likeOf(examples);
      // Not one that listens to the signal: a step is finished and saved before training ends.
      const engine = run.options.engine ?? (await defaultEngine(matrix(like, like.length, 1)));
      const random = Random.fromSeed(options.seed).fork(id);
      const { codes, start, spread, table } = run.options;
      if (codes && !takesCodes)
        throw new OptionError(id, 'codes', 'left out: there are no classes', codes.head);
      if (spread && !takesSpread)
        throw new OptionError(id, 'spread', 'left out: it has no rows to spread', spread.name);
      if (examples.previous && !takesPrevious)
        throw new OptionError(
          id,
          'previous',
          'left out: it compares with no earlier model',
          'rows',
        );
      if (examples.previous) refuseNonFinite(`${id}, previous`, examples.previous);
      const context = {
        random: random.fork('settings'),
        run: { engine, signal: run.signal },
        codes,
        spread,
        table,
      };
      const settings = await settle(examples, options, context);
      const network = build(settings, { random: random.fork('network'), like });
      const learned = modelOf(id, settings, network);
      if (start) restoreStart(learned, await storedForm(id, start));
      const work = await task(network, examples, options, settings, {
        random: random.fork('task'),
        run: context.run,
      });
      const parametrized = await fewerWeights(id, run.options, network, work);
      const watched = watchedRun(run.options, parametrized);
      const conditions = run.options.checkpoint && conditionsOf(id, examples, own, run.options);
      const training = {
        ...trainOptions(work, network, options, watched, learned, engine),
        ...{ conditions, engine, signal: run.signal },
      };
      const trained = await train(parametrized?.training(training) ?? training);
      if (run.signal?.aborted) throw new AbortedError(id);
      await parametrized?.writeOut();
      const { best } = trained.heldOut ?? {};
      const report = {
        ...(await work.report?.(new Workspace(engine))),
        ...(best && work.heldOut && { bestStep: best.step, [work.heldOut.name]: best.value }),
      };
      const { steps, loss, losses, seconds, stepsPerSecond, ended } = trained;
      return {
        model: learned,
        steps,
        loss,
        losses,
        seconds,
        stepsPerSecond,
        engine: engine.name,
        ended,
        report,
        ...(parametrized && { parametrized }),
      };
    },
  });
  const embed = async (
    trained: StoredModel | Model,
    examples: Examples,
    { engine: chosen, cut = {} }: EmbedOptions = {},
  ): Promise<Embedded> => {
    const saved = await storedForm(id, trained);
    given(id, examples, hasSides ? oneSide(id, examples) : wanted);
    const settings = saved.settings as unknown as P;
    const allowed = cuts?.(settings);
    requireCut(id, cut, allowed);
    const own = [...saved.tensors.values()].find(({ name }) => !name.startsWith('also/'));
    // The model computes in its own numbers, whatever those of the points are.
    const like = likeNumbers(own?.data);
    const network = build(settings, { random: Random.fromSeed(0), like });
    restoreModel(modelOf(id, settings, network), saved);
    const whole = await encode(network, examples, settings, cut);
    const { rows, labels, finish, atOnce = BLOCK } = whole;
    const { cols, block } = cutColumns(whole, cut);
    const engine = chosen ?? (await defaultEngine(matrix(like, 1, 1)));
    const workspace = new Workspace(engine);
    const data = new (like.constructor as new (n: number) => Floats)(rows * cols);
    for (let a = 0; a < rows; a += atOnce) {
      data.set(await evaluate(block(a, Math.min(rows, a + atOnce)), workspace), a * cols);
    }
    const points = matrix(data, rows, cols);
    const remark = untrained(cut, allowed);
    return finish ? finish(points) : { points, labels, ...(remark !== undefined && { remark }) };
  };
  const known = {
    ...{ needs, optional, encodes: wanted, takesPrevious, hasSides, embed },
    ...(fieldsOf && { fieldsOf: (model: StoredModel) => fieldsOf(model.settings as never) }),
  };
  return Object.assign(method, known) as Learner<S & typeof commonOptions>;
}

/** The side that is to be embedded; refuses both at once, whose rows would have one place. */
function oneSide(id: string, { points, others }: Examples): readonly ['points' | 'others'] {
  if (points && others)
    throw new InputError(id, 'points and others were given; embed one side at a time.');
  return [others ? 'others' : 'points'];
}

/** The model as a file has it; refuses that of another learner. */
async function storedForm(id: string, model: StoredModel | Model): Promise<StoredModel> {
  const saved = 'tensors' in model ? model : await decodeModel(encodeModel(model), id);
  if (saved.kind === id) return saved;
  throw new InputError(saved.name, `the model was made by ${saved.kind}; ${id} does not know it.`);
}

/** Gives a model the values of another; refuses one whose classes or tokens have other places. */
function restoreStart(model: Model, stored: StoredModel): void {
  for (const [name, own] of Object.entries(model.settings)) {
    const theirs = stored.settings[name];
    if (!isNames(own) || !isNames(theirs)) continue;
    const place = own.findIndex((word, i) => i < theirs.length && word !== theirs[i]);
    if (place >= 0)
      throw new InputError(
        stored.name,
        `place ${place} of its ${name} is ${JSON.stringify(theirs[place])}, here ${JSON.stringify(own[place])}; what it learned would go to another (a fixed head keeps places by codes, --codes).`,
      );
  }
  restoreModel(model, stored);
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((word) => typeof word === 'string');

/** What is saved of a network. */
function modelOf(kind: string, settings: Settings, { parameters, also }: Network): Model {
  return { kind, settings, parameters, ...(also && { also }) };
}

/** What `train` gets: batches, update rules, schedule, and the dispersion term in the loss. */
function trainOptions<S extends OptionSpecs>(
  { rows, batch, loss, heldOut, onStep, update, ...task }: Task,
  network: Network,
  options: LearnerOptions<S>,
  run: LearnerRunOptions,
  learned: Model,
  engine: Engine,
): TrainOptions {
  const { seed, clip, patience } = options;
  if (options.learningRate === 0) throw new OptionError(learned.kind, 'learningRate', 'above 0', 0);
  if (patience > 0 && !heldOut)
    throw new OptionError(
      learned.kind,
      'patience',
      'validation' in options
        ? '0 without rows to wait for (validation, --validation)'
        : '0: it holds out no value to wait for',
      patience,
    );
  const size = Math.min(task.perStep ?? options.batch, rows);
  const aStep = rows / size;
  const usual = Math.max(FEWEST_STEPS, Math.round(USUAL_EPOCHS * aStep));
  const byEpochs = options.epochs > 0 ? Math.max(1, Math.round(options.epochs * aStep)) : usual;
  const steps = options.steps > 0 ? options.steps : byEpochs;
  const epochs = batches({ rows, size, seed });
  const draw = batch ?? epochs.at;
  const aside = new Workspace(engine);
  return {
    steps,
    seed,
    update: update ?? updateOf(options),
    schedule: scheduleOf(options.schedule),
    clip: clip > 0 ? clip : undefined,
    also: network.also,
    parameters: network.parameters,
    onProgress: run.onProgress,
    checkpoint: run.checkpoint,
    resume: run.resume,
    heldOut: heldOut && {
      better: heldOut.better,
      value: () => heldOut.value(aside),
      every: Math.max(1, Math.round(aStep)),
      patience: patience > 0 ? patience : undefined,
    },
    async onStep(done) {
      await onStep?.(done, { steps, workspace: aside });
      await run.onStep?.(done, learned);
    },
    async loss({ step, random }) {
      const drawn = draw(step, random.fork('batch'));
      return withSpread(
        await loss({ rows: drawn, step, steps, random: random.fork('loss') }),
        run.spread,
        options.spreadWeight,
        random.fork('spread'),
      );
    },
  };
}

/** The loss, and the dispersion of its rows beside it. */
function withSpread(
  { loss, spread: rows, classes, report = {}, values }: LossOfStep,
  spread: LearnerRunOptions['spread'],
  weight: number,
  random: Random,
): LossAndReport {
  if (!spread || !rows || weight === 0) return { loss, report, values };
  const dispersion = objective(rows, spread, { random, classes });
  return {
    loss: add(loss, scale(dispersion, weight)),
    report: { ...report, loss, dispersion },
    values,
  };
}

/** Parameters have the element type of the points; float32 where there are none. */
function likeOf({ points }: Examples): Floats {
  return likeNumbers(points?.data);
}

function likeNumbers(data: unknown): Floats {
  return data instanceof Float64Array ? new Float64Array(1) : new Float32Array(1);
}
