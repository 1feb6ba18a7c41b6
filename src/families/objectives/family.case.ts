import { uniformRows } from '../../testing/points.ts';
import type { Law, SmallProblem } from '../../testing/small-problem.ts';

/** Three classes of four rows, and two rows of none. */
const classes = Int32Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2, -1, 0, -1);
/** Rows i and i + 6 are two views of one thing. */
const partners = Int32Array.from({ length: 12 }, (_, i) => (i + 6) % 12);

const EXEMPT: Readonly<Record<string, Readonly<Partial<Record<Law, string>>>>> = {
  'cross-correlation': { 'row order': 'the lower row of a pair is its first view' },
  hedged: { 'row order': 'matches and samples are drawn by row number' },
};

export function smallProblem(id: string): SmallProblem {
  // An even number of columns, for those that read rows as means and variances.
  const facts = { start: uniformRows(12, 4, 2), classes, partners };
  return { input: uniformRows(12, 4, 1), run: { ...facts, seed: 5 }, exempt: EXEMPT[id] };
}
