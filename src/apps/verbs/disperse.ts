import { bindTerms, expressionOf, parseObjective } from '../../catalog/objective-expression.ts';
import { optimizerById } from '../../catalog/optimizers.ts';
import type { Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import type { RunControls } from '../../core/run.ts';
import { VERSION } from '../../core/version.ts';
import type { EngineName } from '../../engine/engine.ts';
import type { ObjectiveTerm } from '../../families/objectives/index.ts';
import type { OptimizerResult, OptimizerRunOptions } from '../../families/optimizers/index.ts';
import { type GivenTable, givenTable } from '../../io/given-table.ts';
import { sphere } from '../../manifolds/index.ts';
import { choice, integer, number, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { fidelityWeight, meanCosineBetween, pilotSample } from './fidelity-weight.ts';
import { partedDuplicates } from './part-duplicates.ts';
import { type EngineOptions, onEngine } from './support/engine.ts';
import { rowClasses } from './support/row-classes.ts';

/** What is minimised when nothing is said; `docs/recipe.md` says how it was chosen. */
export const DEFAULT_OBJECTIVE = 'uniformity';

/** A pilot of more steps would cost more than it tells. */
const MOST_PILOT_STEPS = 100;

/** The options of `disperse` besides the objective, the engine and the optimizer's own. */
export const disperseOptions = {
  keep: number(
    0.94,
    'Mean cosine of the rows with where they started; a pilot on a sample finds the fidelity weight for it. 0 lets go.',
    { min: 0, max: 0.999 },
  ),
  fidelity: number(
    0,
    'Weight of the fidelity term (mean squared angle to where each row started), given instead of keep.',
    { min: 0 },
  ),
  optimizer: choice(
    ['riemannian-sgd', 'riemannian-adam'],
    'riemannian-sgd',
    'What takes the steps; tammes methods lists the options of each.',
  ),
  passes: number(60, 'Times every row is seen; with the batch it gives the steps.', { min: 0 }),
  steps: integer(0, 'Steps, instead of passes; 0 goes by passes.', { min: 0 }),
  learningRate: number(
    0.1,
    'Step length: for riemannian-sgd per unit of a row’s own gradient, for riemannian-adam in radians.',
    { min: 0 },
  ),
  schedule: choice(
    ['cosine', 'linear', 'constant'],
    'cosine',
    'How the learning rate falls over the steps: to 0 along a cosine or a line, or not.',
  ),
  batch: integer(2048, 'Rows in a step, drawn without replacement; 0 takes all.', { min: 0 }),
  update: choice(
    ['dense', 'lazy'],
    'dense',
    'Whether momentum moves every row at each step, or only the rows of the batch move.',
  ),
  seed: integer(0, 'Seed of every random choice; the same seed gives the same bytes.', { min: 0 }),
} as const;

export interface DisperseOptions extends Partial<OptionsOf<typeof disperseOptions>>, EngineOptions {
  /** An expression such as `uniformity(t=2) + 0.5*koleo`, or its terms. Default `uniformity`. */
  readonly objective?: string | readonly ObjectiveTerm[];
  /**
   * Column of the table with the class of each row, or `labels`, for objectives that know classes (`sup-con`,
   * `triplet`, …). Default: the labels, if some label repeats.
   */
  readonly classes?: string | undefined;
  /** Options of the optimizer beyond those here: `momentum`, `beta1`, … */
  readonly optimizerOptions?: Readonly<Record<string, unknown>>;
}

export interface DisperseRun
  extends RunControls,
    Pick<OptimizerRunOptions, 'resume' | 'onCheckpoint'> {}

/** Everything that fixes a run but its input. */
export interface DisperseRecipe {
  readonly tammes: string;
  readonly verb: 'disperse';
  readonly objective: string;
  readonly options: OptionsOf<typeof disperseOptions>;
  readonly optimizerOptions: Readonly<Record<string, unknown>>;
  /** The column of the classes, where one was named. */
  readonly classes?: string | undefined;
  readonly engine: EngineName;
}

export interface DisperseResult
  extends Pick<
    OptimizerResult,
    'points' | 'history' | 'loss' | 'stop' | 'stepsPerSecond' | 'update'
  > {
  /** The rows before the first step: unit, duplicates parted; n × d. */
  readonly start: Matrix;
  /** The length each row of the input had. */
  readonly norms: Float64Array;
  readonly objective: string;
  readonly optimizer: string;
  readonly steps: number;
  readonly seconds: number;
  /** Exact copies of earlier rows that were parted before the first step. */
  readonly parted: number;
  readonly engine: EngineName;
  readonly recipe: DisperseRecipe;
}

/**
 * Spreads n × d points on the unit sphere: minimises an objective by Riemannian steps from where the
 * rows are. Rows are scaled to unit length first; the lengths they had come back as `norms`.
 *
 * @example const { points } = await disperse(await read('vectors.npy'), { keep: 0.97 });
 */
export async function disperse(
  input: GivenTable,
  options: DisperseOptions = {},
  run: DisperseRun = {},
): Promise<DisperseResult> {
  const began = performance.now();
  const { engine, threads, optimizerOptions = {}, classes: column } = options;
  const { settled, terms, pilot } = settledDisperse(options);
  const table = givenTable('disperse', input);
  const classes = rowClasses('disperse', table, column);
  const { points: unit, norms } = unitRows('disperse', table.points);
  const random = Random.fromSeed(settled.seed);
  const { points: start, parted } = partedDuplicates(unit, random.fork('duplicates'));
  const { optimizer, learningRate, schedule, batch, update, seed, keep, passes } = settled;
  const common = { ...optimizerOptions, learningRate, schedule, update, seed };
  const descend = optimizerById(optimizer);
  const { result, objective } = await onEngine(start, { engine, threads }, async (chosen) => {
    const kept = async (weight: number): Promise<number> => {
      const problem = {
        objective: bindTerms(withFidelity(terms, weight)),
        manifold: sphere,
        ...pilotSample({ start, classes }, random.fork('pilot')),
      };
      const steps = Math.max(1, Math.round(settled.steps > 0 ? settled.steps : passes));
      const { points } = await descend(
        problem,
        { ...common, steps: Math.min(steps, MOST_PILOT_STEPS), batch: 0 },
        { signal: run.signal, engine: chosen },
      );
      run.onProgress?.({ stage: 'fidelity weight', done: 0 });
      return meanCosineBetween(problem.start, points);
    };
    const weight = pilot ? await fidelityWeight(keep, kept) : settled.fidelity;
    const objective = bindTerms(withFidelity(terms, weight));
    const result = await descend(
      { objective, manifold: sphere, start, classes },
      { ...common, steps: stepsOf(settled, start.rows), batch },
      { ...run, engine: chosen },
    );
    return { result, objective };
  });
  const { points, history, loss, stop, stepsPerSecond, iterations } = result;
  return {
    points,
    start,
    norms,
    objective: expressionOf(objective.terms),
    optimizer,
    update: result.update,
    steps: iterations,
    stepsPerSecond,
    seconds: (performance.now() - began) / 1000,
    loss,
    history,
    stop,
    parted,
    engine: result.engine,
    recipe: {
      tammes: VERSION,
      verb: 'disperse',
      objective: expressionOf(objective.terms),
      options: settled,
      optimizerOptions,
      ...(column !== undefined && { classes: column }),
      engine: result.engine,
    },
  };
}

/** The options filled in and the objective read; refuses wrong ones before any work. */
export function settledDisperse(options: DisperseOptions) {
  const { objective: asked, optimizerOptions = {}, ...others } = options;
  const { engine: _, threads: __, classes: ___, ...given } = others;
  const settled = resolveOptions('disperse', disperseOptions, given);
  const terms = termsOf(asked);
  bindTerms(terms);
  const { spec } = optimizerById(settled.optimizer);
  resolveOptions(spec.id, spec.options, optimizerOptions as Record<string, never>);
  const named = terms.some((term) => term.objective === 'fidelity');
  return { settled, terms, pilot: !named && given.fidelity === undefined && settled.keep > 0 };
}

function termsOf(
  asked: DisperseOptions['objective'] = DEFAULT_OBJECTIVE,
): readonly ObjectiveTerm[] {
  return typeof asked === 'string' ? parseObjective(asked) : asked;
}

/** Adds the fidelity term, unless the objective names its own. */
function withFidelity(terms: readonly ObjectiveTerm[], weight: number): readonly ObjectiveTerm[] {
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
