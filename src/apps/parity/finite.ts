import type { Matrix } from '../../core/matrix.ts';
import { atLeast, type ParityResult } from './contract.ts';
import { rowsNamed } from './likeness.ts';

/** Rows that are finite in both files, and those that are not by the side that breaks them. */
export interface FiniteRows {
  readonly n: number;
  readonly kept: readonly number[];
  readonly broken: Readonly<Record<'A' | 'B', readonly number[]>>;
}

export function finiteRows({ a, b }: { readonly a: Matrix; readonly b: Matrix }): FiniteRows {
  const broken = { A: notFinite(a), B: notFinite(b) };
  const out = new Set([...broken.A, ...broken.B]);
  const kept = Array.from({ length: a.rows }, (_, i) => i).filter((i) => !out.has(i));
  return { n: a.rows, kept, broken };
}

function notFinite({ data, rows, cols }: Matrix): number[] {
  return Array.from({ length: rows }, (_, i) => i).filter(
    (i) => !data.subarray(i * cols, (i + 1) * cols).every(Number.isFinite),
  );
}

/** What broken rows and the verdict of the others say together. */
export function withoutBroken(
  { n, kept, broken }: FiniteRows,
  rest: ParityResult | undefined,
): ParityResult {
  const share = atLeast('rows-finite', kept.length / n, 1, 'share of rows that are finite in both');
  const sides = (['A', 'B'] as const).filter((side) => broken[side].length > 0);
  const words = sides.map((side) =>
    broken[side].length === n
      ? `every row of ${side}`
      : `${broken[side].length} of ${n} rows of ${side} (${rowsNamed(broken[side])})`,
  );
  const one =
    words.length === 1 && (broken[sides[0]].length === 1 || broken[sides[0]].length === n);
  const values = `${words.join(' and ')} ${one ? 'has' : 'have'} values that are not finite`;
  const sentence = `${values[0].toUpperCase()}${values.slice(1)}`;
  const fix =
    'look at the inputs of these rows: empty texts, masks of zeros, an overflow in half precision';
  if (!rest) {
    return { verdict: 'collapsed', sentence: `${sentence}.`, evidence: [share], fix };
  }
  const evidence = [share, ...rest.evidence];
  const same = rest.verdict === 'identical' || rest.verdict === 'rounding';
  return {
    verdict: same ? 'some-rows-differ' : rest.verdict,
    sentence: `${sentence}; of the other ${kept.length}: ${rest.sentence}`,
    evidence,
    fix: same ? fix : `${rest.fix}; ${fix}`,
  };
}
