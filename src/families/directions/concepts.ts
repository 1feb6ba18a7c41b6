import { gathered, type Matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer, number } from '../../method/options.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { defineDirections } from './define.ts';
import { NO_CONCEPTS } from './support/given-concepts.ts';
import { grownConcepts } from './support/grown-concepts.ts';

/** Rows by which the concepts are chosen: more hardly move a mean. */
const MOST_ROWS = 2000;

/**
 * Named dimensions: the directions of the names of concepts, embedded by the model of the rows; coordinates of a row are its
 * cosines to them:
 *
 *     c(x) = T x/‖x‖,   T = [t₁/‖t₁‖, …, t_c/‖t_c‖]ᵀ
 *
 * with x of d numbers, tⱼ the vector of the name of concept j, and c coordinates. With `count`, concepts are grown from a
 * tree: from its roots on, the concept with the largest (1 − m)·ā + m·q is opened again and again, which adds the most
 * active share of its children; ā is the mean coordinate over the rows, q the share of the classes that have a row whose
 * largest coordinate it is, m is `mixing` (0 without classes).
 *
 * @remarks Use it to read what an encoder says of a text: nothing is trained, and a classifier on the coordinates loses
 * little as soon as there are more concepts than columns. Large coordinates of general names (way, thing) say little:
 * compare them with their means over many rows. Names must be embedded by the same model.
 * @example
 * import { matrix } from 'tammes';
 * import { concepts } from 'tammes/directions';
 *
 * const points = matrix(new Float64Array([1, 0.1, 0.9, 0, 0.2, 1]), 3, 2);
 * const names = ['animal', 'vehicle'];
 * const vectors = matrix(new Float64Array([2, 0, 0, 3]), 2, 2);
 * const { directions } = await concepts({ points, concepts: { names, points: vectors } });
 * console.log(directions.names.join(), directions.basis.data); // animal,vehicle Float64Array(4) [ 1, 0, 0, 1 ]
 * @function
 */
export const concepts = /* @__PURE__ */ defineDirections({
  id: 'concepts',
  title: 'Named concepts',
  summary: 'The directions of names that the same model embeds, all or grown from a tree.',
  references: [
    cite(papers.conceptualizationCes, 'section 3: the conceptual space, and concepts on demand'),
  ],
  needs: ['concepts'],
  resamples: 'none',
  // The names' vectors are given: they do not turn with the rows.
  turnsAlong: false,
  options: {
    count: integer(0, 'Concepts wanted at most, grown where there is a tree; 0: all.', { min: 0 }),
    opened: number(0.5, 'Share of the children that opening a concept adds.', {
      min: 0,
      max: 1,
    }),
    mixing: number(0.2, 'Weight of how many classes meet in a concept, where rows have classes.', {
      min: 0,
      max: 1,
    }),
  },
  deviations: [
    'Children are chosen by their mean coordinate; the paper has weights on the edges of its graph of categories.',
    'Growing stops at the count; the paper may also stop when the two most similar texts are far enough apart.',
  ],
  async fit(
    { points, concepts: given = NO_CONCEPTS, classes },
    { count, ...growth },
    { engine, random, work },
  ) {
    const units = unitOrZeroRows(given.points).points;
    const all = { basis: units, names: given.names, origin: new Float64Array(points.cols) };
    if (count === 0 || count >= given.names.length) return all;
    const rows = random.fork('rows').sample(points.rows, Math.min(points.rows, MOST_ROWS)).sort();
    const drawn = unitOrZeroRows<Matrix['data']>(gathered(points, rows)).points;
    const activations = await engine.matmul(drawn, units, true, work);
    const known = classes && {
      names: classes.names,
      of: Int32Array.from(rows, (row) => classes.of[row]),
    };
    const grown = grownConcepts(given, activations, known, { count, ...growth });
    return {
      basis: gathered(units, grown),
      names: Array.from(grown, (place) => given.names[place]),
      origin: all.origin,
      facts: { of: given.names.length },
    };
  },
});
