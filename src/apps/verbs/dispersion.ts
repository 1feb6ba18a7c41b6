import { bindTerms, expressionOf } from '../../catalog/objective-expression.ts';
import { optimizerById } from '../../catalog/optimizers.ts';
import { type Matrix, rows as rowsFrom } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import type { RunControls } from '../../core/run.ts';
import type { Engine } from '../../engine/engine.ts';
import type { BoundObjective, ObjectiveTerm } from '../../families/objectives/index.ts';
import type { OptimizerResult, OptimizerRunOptions } from '../../families/optimizers/index.ts';
import type { AnyTable } from '../../io/given-table.ts';
import { sphere } from '../../manifolds/index.ts';
import type { OptionsOf } from '../../method/options.ts';
import { partingStream } from '../../numerics/rows/parted-row.ts';
import {
  type DisperseOptions,
  type disperseOptions,
  settledDisperse,
} from './disperse-settings.ts';
import { fidelityWeight, meanCosineBetween, type Pilot, pilotSample } from './fidelity-weight.ts';
import { partedDuplicates } from './part-duplicates.ts';
import { type PredictedTime, timedPairs } from './predicted-time.ts';
import { rowClasses } from './support/row-classes.ts';

/** A pilot of more steps would cost more than it tells. */
const MOST_PILOT_STEPS = 100;

/** What a run of `disperse` may be given: a signal, where to go on from, who looks on. */
export interface DisperseRun extends RunControls, Omit<OptimizerRunOptions, keyof RunControls> {
  /** Whether the rows that are given may be overwritten by the start: they are not held twice then. */
  readonly overwrite?: boolean | undefined;
  /** Hears before the first step what the steps will take; timing a few costs a second or two. */
  readonly onPredicted?: ((time: PredictedTime) => void | Promise<void>) | undefined;
}

/** A dispersion that can begin: what it starts from and what it minimises are settled. */
export interface Dispersion {
  /** The rows before the first step: unit, duplicates parted; n × d. */
  readonly start: Matrix;
  /** The length each row of the input had. */
  readonly norms: Float64Array;
  /** Exact copies of earlier rows that were parted before the first step. */
  readonly parted: number;
  /** With the fidelity term, where a pilot found its weight. */
  readonly objective: BoundObjective;
  readonly expression: string;
  readonly settled: OptionsOf<typeof disperseOptions>;
  /** Of the whole schedule. */
  readonly steps: number;
  /** Seconds of a step of so many of the first rows, in batches as large as those of the run; the least of three. */
  stepSeconds(rows: number): Promise<number>;
  /** Seconds of all pairs of all rows, by the share that two seconds bring; undefined where the objective has no pairs. */
  pairSeconds(): Promise<number | undefined>;
  /** Takes the steps, or those that are left after `resume`; the same bytes however often it is interrupted. */
  descend(run?: DisperseRun): Promise<OptimizerResult>;
}

/** Scales the rows, parts duplicates, and finds the fidelity weight: all that `disperse` does before its first step. */
export async function dispersionOf(
  table: AnyTable,
  options: DisperseOptions,
  run: DisperseRun & { readonly engine: Engine },
): Promise<Dispersion> {
  const { engine, signal, onProgress, overwrite = false } = run;
  const { optimizerOptions = {}, classes: column } = options;
  const { settled, terms, pilot } = settledDisperse(options);
  const classes = rowClasses('disperse', table, column);
  const { points: unit, norms } = unitRows(
    'disperse',
    table.points,
    overwrite ? table.points : undefined,
  );
  const random = Random.fromSeed(settled.seed);
  const { points: start, parted } = partedDuplicates(unit, partingStream(settled.seed));
  const { optimizer, learningRate, schedule, batch, update, seed } = settled;
  const common = { ...optimizerOptions, learningRate, schedule, update, seed };
  const descend = optimizerById(optimizer);
  const sample = () => pilotSample({ start, classes }, random.fork('pilot'));
  const weight = pilot
    ? await pilotWeight(options, sample(), { engine, signal, onProgress })
    : settled.fidelity;
  const objective = bindTerms(withFidelity(terms, weight));
  const steps = stepsOf(settled, start.rows);
  return {
    start,
    norms,
    parted,
    objective,
    expression: expressionOf(objective.terms),
    settled,
    steps,
    async stepSeconds(count) {
      const few = {
        start: rowsFrom(start, 0, count),
        classes: classes?.subarray(0, count),
      };
      const reached: number[] = [];
      const onStep = () => void reached.push(performance.now());
      const own = { ...common, steps: 4, batch: Math.min(batch, count) };
      await descend({ objective, manifold: sphere, ...few }, own, { signal, engine, onStep });
      const times = reached.slice(1).map((at, i) => (at - reached[i]) / 1000);
      return Math.min(...times);
    },
    pairSeconds: () => timedPairs(objective, { start, classes }, { engine, random, signal }),
    descend: (run = {}) =>
      descend(
        { objective, manifold: sphere, start, classes },
        { ...common, steps, batch },
        { ...run, engine },
      ),
  };
}

/** The fidelity weight with which the rows of a sample keep the mean cosine that is asked for. */
export function pilotWeight(
  options: DisperseOptions,
  sample: Pilot,
  { engine, signal, onProgress }: RunControls & { readonly engine: Engine },
): Promise<number> {
  const { settled, terms } = settledDisperse(options);
  const { optimizer, learningRate, schedule, update, seed, keep, passes } = settled;
  const common = { ...options.optimizerOptions, learningRate, schedule, update, seed };
  const kept = async (weight: number): Promise<number> => {
    const problem = {
      objective: bindTerms(withFidelity(terms, weight)),
      manifold: sphere,
      ...sample,
    };
    const steps = Math.max(1, Math.round(settled.steps > 0 ? settled.steps : passes));
    const { points } = await optimizerById(optimizer)(
      problem,
      { ...common, steps: Math.min(steps, MOST_PILOT_STEPS), batch: 0 },
      { signal, engine },
    );
    onProgress?.({ stage: 'fidelity weight', done: 0 });
    return meanCosineBetween(problem.start, points);
  };
  return fidelityWeight(keep, kept);
}

/** Adds the fidelity term, unless the objective names its own. */
export function withFidelity(
  terms: readonly ObjectiveTerm[],
  weight: number,
): readonly ObjectiveTerm[] {
  const named = terms.some((term) => term.objective === 'fidelity');
  return named || weight === 0 ? terms : [...terms, { objective: 'fidelity', options: {}, weight }];
}

function stepsOf(
  { steps, passes, batch }: OptionsOf<typeof disperseOptions>,
  rows: number,
): number {
  if (steps > 0) return steps;
  const share = batch === 0 || batch >= rows ? 1 : rows / batch;
  return Math.max(1, Math.round(passes * share));
}
