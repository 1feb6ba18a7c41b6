import { gathered, type Matrix, toFloat32 } from '../../core/matrix.ts';
import { meanOf, medianOf } from '../../numerics/statistics/averages.ts';
import { atLeast, type Finding, type ParityInput } from './contract.ts';
import { gapOf, spreadEnergy } from './likeness.ts';
import { cosinesOf } from './values.ts';

/** Rows looked for elsewhere. */
const ASKED = 200;

interface Sides {
  readonly a: Matrix;
  readonly b: Matrix;
}

/** Where the rows of B that differ are rows of A that stand elsewhere, by how much they moved. */
export async function foundElsewhere(
  { engine, work }: ParityInput,
  { a, b }: Sides,
  differ: readonly number[],
  most: number,
): Promise<Finding | undefined> {
  const step = Math.ceil(differ.length / ASKED);
  const asked = differ.filter((_, at) => at % step === 0);
  const as = (m: Matrix) => (engine.name === 'reference' ? m : toFloat32(m));
  const { indices } = await engine.assign(as(gathered(b, asked)), as(a), work);
  const unit = Math.sqrt(spreadEnergy(a) / a.rows);
  const moved = asked.flatMap((row, q) =>
    gapOf(a, indices[q], b, row) <= Math.max(most, 1e-5) * unit
      ? [{ row, from: indices[q], step: indices[q] - row }]
      : [],
  );
  const found = atLeast(
    'rows-found-elsewhere',
    moved.length / asked.length,
    0.9,
    'share of the rows that differ that are rows of A at another place',
  );
  // One row of A again and again is one output for many inputs, not another order.
  const distinct = atLeast(
    'rows-found-distinct',
    new Set(moved.map(({ from }) => from)).size / asked.length,
    0.5,
    'different rows among them',
  );
  if (!found.holds || !distinct.holds) return undefined;
  const typical = medianOf(Float64Array.from(moved, ({ step }) => step));
  const together = moved.filter(({ step }) => step === typical).length > 0.8 * moved.length;
  const how = together
    ? `from row ${differ[0]} to row ${differ[differ.length - 1]} they are shifted by ${typical}`
    : `row ${moved[0].row} of B is row ${moved[0].from} of A`;
  return {
    evidence: [found, distinct],
    verdict: 'permuted-rows',
    sentence: `${differ.length} of ${a.rows} rows of B are rows of A at another place: ${how}; the others stand where they do in A.`,
    fix: 'match the rows by label (compare does where both files have labels), or write them in the order of the texts',
  };
}

/** What the rows that differ look like. */
export function looksOf(all: Sides, differ: readonly number[]): string {
  const [a, b] = [gathered(all.a, differ), gathered(all.b, differ)];
  const zero = (m: Matrix) => m.data.every((x) => x === 0);
  const they = differ.length === 1 ? 'It is' : 'They are';
  if (zero(b)) return `${they} all zeros in B.`;
  if (zero(a)) return `${they} all zeros in A.`;
  for (const [name, m] of [
    ['B', b],
    ['A', a],
  ] as const) {
    if (differ.length > 2 && spreadEnergy(m) === 0)
      return `They are one and the same vector in ${name}.`;
  }
  const cosines = Array.from(cosinesOf(a, b));
  const [least, most] = [Math.min(...cosines), Math.max(...cosines)];
  if (least >= 0.99999) return 'They point the same way in both, with other lengths.';
  const written = (x: number) => x.toFixed(x > 0.99 ? 5 : 2);
  const range =
    differ.length === 1
      ? `Its cosine with itself is ${written(least)}`
      : `Their cosines with themselves lie between ${written(least)} and ${written(most)}`;
  const strangers = Math.abs(meanOf(cosines)) < 0.1 ? ': other vectors' : '';
  return `${range}${strangers}.`;
}
