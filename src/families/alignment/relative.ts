import { alike, gathered, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { boolean, choice, integer } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { defineAlignment } from './define.ts';
import { ANCHOR_CHOICES, anchorRows } from './support/anchors.ts';
import { axesOf } from './support/axes.ts';

/**
 * Relative representations: a row as its cosines with anchors, pairs of rows that stand for the same things in both
 * spaces.
 *
 *     y = (cos(x − μ, a₁ − μ), …, cos(x − μ, a_m − μ))
 *
 * with a₁ … a_m the anchors' rows in the space of x, and μ their mean; 0 without `centered`. A rotation, a factor and,
 * where centered, a shift of a space leave y as it is. O(md) time a row.
 *
 * @remarks Use it where a head, a store or a classifier should take rows of either model: it is fitted to nothing but
 * the choice of anchors, so a hundred pairs do. For retrieval, maps that are fitted to the pairs find more partners.
 * Its rows live between the spaces: move those of B too (`--side b`).
 * @example
 * import { matrix } from 'tammes';
 * import { relative } from 'tammes/alignment';
 *
 * // B is A turned by a quarter and stretched.
 * const a = matrix(new Float64Array([1, 0, 0, 2, -1, 1]), 3, 2);
 * const b = matrix(new Float64Array([0, 3, -6, 0, -3, -3]), 3, 2);
 * const { model } = await relative({ a, b });
 * const [ofA, ofB] = [await relative.transform(model, a), await relative.transform(model, b, 'b')];
 * console.log(Math.max(...ofA.data.map((y, e) => Math.abs(y - ofB.data[e]))) < 1e-12); // true
 * @function
 */
export const relative = /* @__PURE__ */ defineAlignment({
  id: 'relative',
  title: 'Relative representations',
  summary: 'Each row as its cosines with anchors that both spaces know.',
  references: [cite(papers.relativeRepresentations, 'section 3, equation 1')],
  fewestPairs: 2,
  into: 'between',
  options: {
    anchors: integer(300, 'Pairs that are anchors; all where there are fewer.', {
      min: 1,
      max: 1e6,
      symbol: 'm',
    }),
    choose: choice(
      ANCHOR_CHOICES,
      'random',
      'Anchors: at random, each farthest from those before it, or near the centers of clusters; by their rows of A.',
    ),
    centered: boolean(true, 'Take cosines about the mean of the anchors.'),
  },
  async fit({ paired }, { anchors, choose, centered }, context) {
    const rows = await anchorRows(paired.a, anchors, choose, context);
    const arrays: Record<string, ReturnType<typeof matrix>> = {};
    const warnings: string[] = [];
    for (const side of ['a', 'b'] as const) {
      const own = gathered(paired[side], rows);
      const mean = centered ? meanRow(own) : new Float64Array(own.cols);
      const middle = lessRow(own, mean);
      arrays[side] = unitOrZeroRows(middle).points;
      arrays[`mean-${side}`] = matrix(mean, 1, own.cols);
      const { values } = await axesOf(middle, context);
      if (values.length < Math.min(own.cols, rows.length - 1))
        warnings.push(
          `The ${rows.length} anchors vary in ${values.length} of ${own.cols} dimensions of ${side.toUpperCase()}: rows that differ in the others alone look the same.`,
        );
    }
    return { settings: {}, arrays, facts: { anchors: rows.length }, warnings };
  },
  move({ arrays }, rows, side, { engine, work }) {
    const unit = unitOrZeroRows(lessRow(rows, arrays[`mean-${side}`].data)).points;
    return engine.matmul(unit, alike(arrays[side], rows), { transposeB: true }, work);
  },
});
