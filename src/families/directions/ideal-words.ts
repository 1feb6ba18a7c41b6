import { matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice } from '../../method/options.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import {
  factorGrid,
  gridDesign,
  idealWordsOf,
  valueVectors,
  warningsOf,
} from '../../structures/factor-grid/index.ts';
import { defineDirections } from './define.ts';

/**
 * One vector for each value of each factor, so that their sums are nearest to the rows of a grid:
 *
 *     x_z ≈ u₀ + Σᵢ u_zᵢ,   min Σ_z w_z ‖x_z − u₀ − Σᵢ u_zᵢ‖²,   Σ_v w_v u_v = 0 for each factor
 *
 * with z = (z₁, …, z_k) a cell, x_z the mean of its rows, w_z = Πᵢ w_zᵢ, and d numbers a vector. Of a complete grid
 * u₀ = Σ_z w_z x_z, and u_v is the mean of the cells with the value v less u₀. The sums span 1 + Σᵢ(nᵢ − 1) dimensions at
 * most, nᵢ values of factor i.
 *
 * The directions are the u_v at length 1, from u₀ on, each named `factor=value`; the facts `length of factor=value` say how
 * long they were, `explained` which share of the variance of the cells the sums explain.
 *
 * @remarks Use it where rows are combinations: countries by form, colors by objects. Not all combinations need be there; a
 * row with an empty value is left out. If little more is explained than after shuffling (`tammes explain factor`), the
 * rows are no sums. Adding and taking away such vectors moves a row from value to value.
 * @example
 * import { matrix } from 'tammes';
 * import { idealWords } from 'tammes/directions';
 *
 * const points = matrix(new Float64Array([1, 1, 1, 3, 5, 1, 5, 3]), 4, 2);
 * const factors = { color: ['red', 'red', 'blue', 'blue'], size: ['small', 'big', 'small', 'big'] };
 * const { directions } = await idealWords({ points, factors });
 * console.log(directions.names.join(), directions.origin); // color=red,color=blue,size=small,size=big Float64Array(2) [ 3, 2 ]
 * @function
 */
export const idealWords = /* @__PURE__ */ defineDirections({
  id: 'ideal-words',
  title: 'Ideal words',
  summary:
    'One vector for each value of each factor of a grid, whose sums are nearest to the rows.',
  references: [cite(papers.linearSpacesOfMeanings, 'section 3: decomposable embeddings')],
  needs: ['factors'],
  resamples: 'none',
  options: {
    weights: choice(
      ['uniform', 'counts'],
      'uniform',
      'How the values of a factor weigh: alike, or as often as rows have them.',
    ),
  },
  deviations: [
    'Grids that are not complete are fitted by least squares over the cells that are there.',
  ],
  fit({ points, factors = {} }, { weights }) {
    const columns = Object.entries(factors).map(([name, values]) => ({ name, values }));
    const grid = factorGrid('ideal-words', points, columns);
    const design = gridDesign('ideal-words', grid, weights);
    const words = idealWordsOf(design);
    const { origin, explained } = words;
    const names = grid.factors.flatMap(({ name, values }) => values.map((own) => `${name}=${own}`));
    const d = points.cols;
    const basis = matrix(new Float64Array(names.length * d), names.length, d);
    let at = 0;
    for (const { data } of valueVectors(design, words)) {
      basis.data.set(data, at);
      at += data.length;
    }
    const lengths = names.map((name, v) => [
      `length of ${name}`,
      Math.sqrt(rowDot(basis, v, basis, v)),
    ]);
    return {
      basis,
      names,
      origin,
      facts: { explained, ...Object.fromEntries(lengths) },
      warnings: warningsOf(design),
    };
  },
});
