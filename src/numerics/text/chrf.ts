import { requireReferences } from './bleu.ts';
import { inBoth, nGrams, type References } from './n-grams.ts';

export interface ChrfOptions {
  /** Characters in the longest runs; default 6. */
  readonly order?: number;
  /** How many times recall counts as much as precision; default 2. */
  readonly beta?: number;
}

/** Runs in the hypothesis, in the reference, in both: for each length. */
type Counts = readonly (readonly [own: number, other: number, both: number])[];

/**
 * The chrF of a corpus (Popović 2015) as sacreBLEU gives it by default (chrF2), 0 to 100:
 *
 *     chrF = 100 · (1 + β²) · P · R / (β² · P + R)
 *
 * with P and R the precision and recall of runs of 1 … 6 characters, each over the whole corpus, averaged over the
 * lengths that both sides have. White space does not count; of several references that which scores best does.
 *
 * @throws ShapeError where there are not as many references as hypotheses
 */
export function corpusChrf(
  hypotheses: readonly string[],
  references: References,
  { order = 6, beta = 2 }: ChrfOptions = {},
): number {
  requireReferences('corpusChrf', hypotheses, references);
  const lengths = Array.from({ length: order }, (_, o) => o + 1);
  let total: Counts = lengths.map(() => [0, 0, 0]);
  for (const [i, hypothesis] of hypotheses.entries()) {
    const own = runsOf(hypothesis, lengths);
    const best = [references[i]]
      .flat()
      .map((reference) => countsOf(own, runsOf(reference, lengths)))
      .reduce((a, b) => (score(b, beta) > score(a, beta) ? b : a));
    total = total.map((sums, o) => [
      sums[0] + best[o][0],
      sums[1] + best[o][1],
      sums[2] + best[o][2],
    ]);
  }
  return score(total, beta);
}

type Runs = readonly ReadonlyMap<string, number>[];

function runsOf(text: string, lengths: readonly number[]): Runs {
  const characters = Array.from(text.replace(/\s+/g, ''));
  return lengths.map((n) => nGrams(characters, n));
}

/** Runs longer than the reference count for nothing. */
function countsOf(hypothesis: Runs, reference: Runs): Counts {
  return hypothesis.map((own, o) => {
    const other = reference[o];
    return [other.size > 0 ? sumOf(own) : 0, sumOf(other), inBoth(own, other)];
  });
}

const sumOf = (counts: ReadonlyMap<string, number>) =>
  [...counts.values()].reduce((a, b) => a + b, 0);

function score(counts: Counts, beta: number): number {
  const known = counts.filter(([own, other]) => own > 0 && other > 0);
  const precision = mean(known.map(([own, , both]) => both / own));
  const recall = mean(known.map(([, other, both]) => both / other));
  if (precision + recall === 0) return 0;
  return (100 * (1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall);
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
