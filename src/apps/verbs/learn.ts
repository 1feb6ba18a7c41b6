import { byId } from '../../catalog/by-id.ts';
import { boundObjective } from '../../catalog/index.ts';
import { gathered } from '../../core/matrix.ts';
import type { RunControls } from '../../core/run.ts';
import type { Engine } from '../../engine/engine.ts';
import type {
  Embedded,
  Examples,
  Learned,
  Learner,
  LearnerRunOptions,
} from '../../families/learners/index.ts';
import * as learners from '../../families/learners/index.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import { type Model, storedModel } from '../../learning/index.ts';
import { applyDelta, storedDelta } from './adapt.ts';
import { measure } from './measure.ts';
import { chosenMetrics } from './metric-rows.ts';
import { makerOf } from './support/maker-of.ts';

export type { Embedded, Examples, Learned, Learner } from '../../families/learners/index.ts';
export { classCodes } from '../../families/learners/index.ts';

const { ids, get } = byId<Learner>('learn', 'id', learners);

/** The ids of all learners. */
export const learnerIds = ids;
/** The learner of that id, else a sentence that names them all. */
export const learnerById = get;

export interface LearnRun
  extends RunControls,
    Pick<LearnerRunOptions, 'checkpoint' | 'resume' | 'codes' | 'start' | 'parametrization'> {
  readonly engine?: Engine | undefined;
  /** An objective beside the loss: `koleo`, `sliced(circles=4) + 0.1*uniformity`. */
  readonly spread?: string | undefined;
  readonly watch?: Watch | undefined;
}

/** Measures of the catalogue on the embeddings of a sample, while the model learns. */
export interface Watch {
  /** Ids and groups of metrics. */
  readonly metrics: readonly string[];
  /** Steps from one measurement to the next. */
  readonly every: number;
  readonly onMeasured?: ((measured: Watched) => void) | undefined;
}

export interface Watched {
  readonly step: number;
  readonly loss: number;
  /** By id; null where the number is not defined. */
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** Rows that are measured while the model learns. */
const SAMPLE = 1000;

/**
 * Trains a learner of the catalogue on examples.
 *
 * @example
 * const { points, labels } = await read('vectors.parquet');
 * const { model } = await learn('classifier', { points, classes: labels }, { dim: 16 }, { spread: 'koleo' });
 * await saveModel(fileStore('model.safetensors'), model);
 */
export async function learn(
  id: string,
  examples: Examples,
  options: Readonly<Record<string, unknown>> = {},
  { spread, watch, ...run }: LearnRun = {},
): Promise<Learned & { readonly watched: readonly Watched[] }> {
  const learner = learnerById(id);
  if (watch) chosenMetrics(watch.metrics, 'learn', 'watch');
  const watched: Watched[] = [];
  const bound = spread === undefined ? undefined : boundObjective(spread, 'learn', 'spread');
  const learned = await learner(examples, options as never, {
    ...run,
    spread: bound,
    onStep:
      watch &&
      (async ({ step, loss }, model) => {
        if (step % watch.every !== 0) return;
        const metrics = await measured(learner, model, examples, watch.metrics, run.engine);
        watched.push({ step, loss, metrics });
        watch.onMeasured?.({ step, loss, metrics });
      }),
  });
  return { ...learned, watched };
}

/** The learner that made a saved model. */
export async function learnerOf(store: ByteStore): Promise<Learner> {
  return learnerById(makerOf(await storedModel(store), 'learners'));
}

/**
 * The embeddings that a saved model gives: of examples, or of what the model has of its own, such as tokens.
 *
 * @param run `delta`: what a run with a parametrization made of the model
 */
export async function embed(
  store: ByteStore,
  examples: Examples = {},
  {
    delta,
    ...run
  }: { readonly engine?: Engine | undefined; readonly delta?: ByteStore | undefined } = {},
): Promise<Embedded> {
  const base = await storedModel(store);
  const model = delta ? await applyDelta(base, await storedDelta(delta)) : base;
  return learnerById(makerOf(base, 'learners')).embed(model, examples, run);
}

async function measured(
  learner: Learner,
  model: Model,
  examples: Examples,
  metrics: readonly string[],
  engine: Engine | undefined,
): Promise<Watched['metrics']> {
  // What a row becomes depends on all rows where edges join them.
  const [taken, rows] = examples.edges ? [examples, SAMPLE] : [sampleOf(examples), Infinity];
  const { points } = await learner.embed(model, taken, { engine });
  const sample = points.rows > rows ? gathered(points, everyFew(points.rows)) : points;
  const found = await measure(sample, { metrics: [...metrics], engine, null: 'none' });
  return Object.fromEntries(found.metrics.map((row) => [row.id, row.value]));
}

/** Every so many examples, up to a thousand. */
function sampleOf({ points, classes, texts, translations }: Examples): Examples {
  const places = everyFew(points?.rows ?? texts?.length ?? 0);
  const taken = <T>(list: readonly T[] | undefined) => list && places.map((i) => list[i]);
  return {
    points: points && gathered(points, places),
    classes: taken(classes),
    texts: taken(texts),
    translations: taken(translations),
  };
}

function everyFew(n: number): readonly number[] {
  const stride = Math.max(1, Math.ceil(n / SAMPLE));
  return Array.from({ length: Math.ceil(n / stride) }, (_, i) => i * stride);
}
