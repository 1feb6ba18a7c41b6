import { bindTerms, parseObjective } from '../../catalog/objective-expression.ts';
import { optimizerById } from '../../catalog/optimizers.ts';
import type { ObjectiveTerm } from '../../families/objectives/index.ts';
import { choice, integer, number, type OptionsOf, resolveOptions } from '../../method/options.ts';
import type { EngineOptions } from './support/engine.ts';

/** What is minimised when nothing is said; `docs/recipe.md` says how it was chosen. */
export const DEFAULT_OBJECTIVE = 'uniformity';

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
