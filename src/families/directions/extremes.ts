import { gathered, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer } from '../../method/options.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { defineDirections } from './define.ts';
import type { Sample } from './types.ts';

/**
 * From the mean of the lowest rows to that of the highest:
 *
 *     w = 1/h Σ_{i in high} xᵢ − 1/l Σ_{i in low} xᵢ
 *
 * over rows x of d numbers: those of the h highest and l = h lowest scores, or rows that are named. Projections are 0 midway.
 *
 * @remarks Use it when few rows can be scored, or two examples can be named: even one row at each end may order the others.
 * With scores for many rows, `ridge` uses them all.
 * @example
 * import { matrix } from 'tammes';
 * import { extremes } from 'tammes/directions';
 *
 * const points = matrix(new Float64Array([0, 0, 1, 5, 2, -5, 4, 0]), 4, 2);
 * const { directions } = await extremes({ points, ends: { low: [0], high: [3] } });
 * console.log(directions.basis.data, directions.origin[0]); // Float64Array(2) [ 1, 0 ] 2
 * @function
 */
export const extremes = /* @__PURE__ */ defineDirections({
  id: 'extremes',
  title: 'Two extremes',
  summary:
    'From the mean of the lowest rows to that of the highest, or from one named row to another.',
  references: [
    cite(papers.onTheRankabilityOfVisualEmbeddings, 'section 5: two extremes are enough'),
  ],
  needs: ['ends', 'scores'],
  options: {
    perEnd: integer(0, 'Rows at each end, where scores name them; 0: a tenth of all.', { min: 0 }),
  },
  fit({ points, scores, ends, name }, { perEnd }, { chosen }) {
    const n = points.rows;
    const share = chosen?.['share'] ?? (perEnd > 0 ? Math.min(0.5, perEnd / n) : 0.1);
    const { low, high } = ends ?? endsOf(scores ?? new Float64Array(), share);
    const [from, to] = [meanRow(gathered(points, low)), meanRow(gathered(points, high))];
    return {
      basis: matrix(
        to.map((x, c) => x - from[c]),
        1,
        points.cols,
      ),
      names: [name ?? 'low → high'],
      origin: to.map((x, c) => (x + from[c]) / 2),
      ...(ends ? {} : { chosen: { share } }),
    };
  },
});

/** Rows of the lowest and the highest scores, one or more; of equal scores the earlier row is the lower. */
function endsOf(scores: Float64Array, share: number): NonNullable<Sample['ends']> {
  const order = Int32Array.from(scores, (_, i) => i).sort((a, b) => scores[a] - scores[b] || a - b);
  const count = Math.max(1, Math.round(share * scores.length));
  return { low: order.slice(0, count), high: order.slice(-count) };
}
