import { InputError } from '../../core/errors.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import type { AnyTable } from '../../io/given-table.ts';

/** How the rows of two tables were brought together. */
export interface MatchedRows {
  readonly a: Matrix;
  readonly b: Matrix;
  /** Labels of the rows, where both tables have the same ones. */
  readonly labels?: readonly string[] | undefined;
  readonly by: 'position' | 'label' | 'none';
  /** One sentence. */
  readonly sentence: string;
}

/** Which rows belong together: `auto` goes by label where it can, else by position where it can. */
export type RowMatching = 'auto' | 'position' | 'label' | 'none';

/** Row i of both results is about the same thing, unless `by` is none. */
export function matchedRows(a: AnyTable, b: AnyTable, matching: RowMatching = 'auto'): MatchedRows {
  const [m, n] = [a.points.rows, b.points.rows];
  if (matching === 'none') return unmatched(a, b, 'Rows are not matched, as asked.');
  const both = a.labels && b.labels ? { a: a.labels, b: b.labels } : undefined;
  const sameOrder = both && m === n && both.a.every((label, i) => label === both.b[i]);
  if (matching === 'position' || (matching === 'auto' && (sameOrder || !both))) {
    if (m === n) return byPosition(a, b, sameOrder ? both.a : undefined);
    if (matching === 'position') {
      throw new InputError(
        'compare',
        `A has ${m} rows and B has ${n}; they cannot be matched by place.`,
      );
    }
    return unmatched(
      a,
      b,
      `A has ${m} rows and B has ${n}, without labels: two sets, not pairs of rows.`,
    );
  }
  if (!both) throw new InputError('compare', 'both files need labels to match rows by label.');
  const found = byLabel(a, b, both);
  if (found) return found;
  if (matching === 'label') {
    throw new InputError('compare', 'fewer than 2 labels occur once in A and once in B.');
  }
  const why = whyUnmatched(both.a, both.b);
  return m === n
    ? { ...byPosition(a, b, undefined), sentence: `${why}: rows are matched by place.` }
    : unmatched(a, b, `${why}: two sets, not pairs of rows.`);
}

/** Why no labels stand for the same row in both: none is in both, or those that are come twice. */
export function whyUnmatched(a: readonly string[], b: readonly string[]): string {
  const inA = new Set(a);
  const common = new Set(b.filter((label) => inA.has(label)));
  if (common.size === 0) return 'The labels of A and B have nothing in common';
  const repeats = a.length > inA.size || b.length > new Set(b).size;
  if (!repeats) return 'A and B have only one label in common';
  const [first] = common;
  const example = first.length > 40 ? `${first.slice(0, 40)}…` : first;
  return `The labels of A and B repeat (${JSON.stringify(example)} is in both, and labels come several times), so they tell no rows apart; --label NAME takes another column, such as an id`;
}

function byPosition(a: AnyTable, b: AnyTable, labels?: readonly string[]): MatchedRows {
  const same = labels ? ' The labels agree.' : '';
  const sentence = `Row by row, as they stand.${same}`;
  return { a: a.points, b: b.points, labels, by: 'position', sentence };
}

function unmatched(a: AnyTable, b: AnyTable, sentence: string): MatchedRows {
  return { a: a.points, b: b.points, by: 'none', sentence };
}

function byLabel(
  a: AnyTable,
  b: AnyTable,
  labels: { readonly a: readonly string[]; readonly b: readonly string[] },
): MatchedRows | undefined {
  const [placesA, placesB] = [placesOf(labels.a), placesOf(labels.b)];
  const rowsA: number[] = [];
  const rowsB: number[] = [];
  for (const [label, i] of placesA) {
    const j = placesB.get(label);
    if (j === undefined || j < 0 || i < 0) continue;
    rowsA.push(i);
    rowsB.push(j);
  }
  if (rowsA.length < 2) return undefined;
  const moved = rowsA.filter((i, at) => rowsB[at] !== i).length;
  const left = [labels.a.length - rowsA.length, labels.b.length - rowsA.length];
  const without =
    left[0] + left[1] > 0
      ? ` ${counted(left[0], 'row')} of A and ${left[1]} of B have no partner.`
      : '';
  return {
    a: gathered(a.points, rowsA),
    b: gathered(b.points, rowsB),
    labels: rowsA.map((i) => labels.a[i]),
    by: 'label',
    sentence: `${rowsA.length} rows matched by label, ${moved} of them at another place in B.${without}`,
  };
}

/** Where each label stands; −1 where it occurs twice. */
export function placesOf(labels: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [i, label] of labels.entries()) places.set(label, places.has(label) ? -1 : i);
  return places;
}
