import { OptionError, ShapeError } from '../../core/errors.ts';
import * as methods from '../../families/comparisons/index.ts';
import type { Comparison, Pair } from '../../families/comparisons/types.ts';
import { methodTerm } from '../../method/terms.ts';

/** The comparisons that are asked, in the order in which they are shown. */
export const allComparisons: readonly Comparison[] = [
  methods.meanRowCosine,
  methods.medianRowCosine,
  methods.rotatedRowCosine,
  methods.neighborOverlap,
  methods.linearCka,
  methods.rbfCka,
  methods.rsa,
  methods.seriesCorrelation,
  methods.meanCca,
  methods.svcca,
  methods.pwcca,
  methods.angularShapeDistance,
  methods.euclideanShapeDistance,
  methods.unitMatching,
  methods.spectrumDistance,
  methods.twoSampleMmd,
  methods.energyDistance,
  methods.buresWasserstein,
].map((method) => method as unknown as Comparison);

/** Every comparison of the family, those that are not asked unless by name too. */
export const nameable: readonly Comparison[] = (Object.values(methods) as unknown[]).filter(
  (value): value is Comparison =>
    typeof value === 'function' && 'spec' in value && 'meaning' in value,
);

/** Numbers about two samples of one coordinate system; pairs of rows have sharper ones. */
const TWO_SAMPLES = new Set(['two-sample-mmd', 'energy-distance', 'bures-wasserstein']);

/** The comparisons that suit a pair. */
function suitable(pair: Pair): readonly Comparison[] {
  return allComparisons.filter(
    (method) => isPossible(method, pair) && !(pair.paired && TWO_SAMPLES.has(method.spec.id)),
  );
}

function isPossible({ meaning }: Comparison, { a, b, paired }: Pair): boolean {
  if (meaning.columns === 'same' && a.cols !== b.cols) return false;
  return paired || meaning.rows === 'unpaired';
}

export interface ChosenComparison {
  readonly method: Comparison;
  readonly given?: Readonly<Record<string, unknown>>;
}

/** What was asked for, in that order; without names, all that suit the pair. */
export function chosenComparisons(
  pair: Pair,
  names: readonly string[] = ['all'],
): readonly ChosenComparison[] {
  return names.flatMap((name): ChosenComparison[] => {
    const term = methodTerm(name);
    if (term?.id === 'all') return suitable(pair).map((method) => ({ method }));
    const method = nameable.find(({ spec }) => spec.id === term?.id);
    if (!method || !term) {
      const ids = nameable.map(({ spec }) => spec.id).join(', ');
      const wanted = `all or one of ${ids}, with options as in linear-cka(estimator=biased)`;
      throw new OptionError('compare', 'metrics', wanted, name);
    }
    if (!isPossible(method, pair)) throw impossible(method, pair);
    return [{ method, given: term.options }];
  });
}

function impossible({ spec, meaning }: Comparison, { a, b, paired }: Pair): ShapeError {
  if (!paired && meaning.rows === 'paired') {
    return new ShapeError(spec.id, 'rows that correspond (--rows position, label)', 'two sets');
  }
  return new ShapeError(spec.id, 'as many columns in A as in B', `${a.cols} and ${b.cols}`);
}
