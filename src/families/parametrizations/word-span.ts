import { InputError, OptionError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { matrix } from '../../core/matrix.ts';
import { add, constant, matmul, parameter, subtract } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer } from '../../method/options.ts';
import { largestPlaces } from '../../numerics/rows/largest-places.ts';
import { defineParametrization } from './define.ts';
import type { Weight } from './types.ts';

const ID = 'word-span';

/**
 * One row of a table, a new word, as a mix of rows near the one it begins with; all else stays.
 *
 *     v = Bᵀw,   B M × d: u, the row as it was, and the M − 1 other rows with the largest ⟨vᵢ, u⟩;   w = e₁ at first
 *
 * M numbers are trained. The table is the weight of two axes that has the most rows; to begin a new word with an old one,
 * put a copy of that row at the end of the table. Rows are compared by products, so that long ones come first: B holds them
 * as they were. A step costs as much as the table.
 *
 * @remarks Use it where a new word must stay a mix of known ones, and few numbers are kept for it; with M ≥ d the basis may
 * reach every vector, and a warning says so. Near rows are alike, so that Adam needs short steps and many: on word vectors
 * all numbers of the row, trained as they are, took 9 steps where the mix took 67, and told unseen texts apart better.
 * @example
 * import { parameter } from 'tammes/learning';
 * import { wordSpan } from 'tammes/parametrizations';
 *
 * const words = parameter('words', Float32Array.of(1, 0, 0, 1, 1, 1, 2, 1), [4, 2]);
 * const { parameters, of } = await wordSpan([words], { basis: 2 });
 * console.log(parameters[0].data.join(' '), of); // 1 0 8
 * @function
 */
export const wordSpan = /* @__PURE__ */ defineParametrization({
  id: ID,
  title: 'A word in the span of others (BaTex)',
  summary: 'One row of a table as a trained mix of rows near the one it begins with.',
  references: [
    cite(papers.textualSubspaceBatex, 'the textual subspace; initial weights of the official code'),
  ],
  deviations: [
    'M is given, as the official code gives it; the paper takes rows until their rank is as wanted.',
    'The row that the word begins with comes first, also where others have a larger product with it.',
  ],
  options: {
    place: integer(-1, 'The row that is learned; −1: the last.', { min: -1 }),
    basis: integer(64, 'Rows that are mixed, the one it begins with among them.', {
      min: 1,
      symbol: 'M',
    }),
  },
  build(weights, { place, basis }, { numbers }) {
    const table = longestTable(weights);
    const [rows, d] = table.shape;
    const row = place < 0 ? rows - 1 : place;
    if (row >= rows)
      throw new OptionError(
        ID,
        'place',
        `at most ${rows - 1}, the last row of ${table.name}`,
        place,
      );
    if (basis > rows)
      throw new OptionError(ID, 'basis', `at most ${rows}, the rows of ${table.name}`, basis);
    const { data } = requireFinite(ID, matrix(table.start.data, rows, d));
    const rowOf = (i: number) => data.subarray(i * d, (i + 1) * d);
    const first = rowOf(row);
    if (first.every((x) => x === 0))
      throw new InputError(
        ID,
        `row ${row} of ${table.name} is 0, and no row is near it; put a copy of the word to begin with there.`,
      );
    const near = nearest(data, row, [rows, d], basis);
    const known = numbers(basis * d);
    for (const [i, other] of near.entries()) known.set(rowOf(other), i * d);
    const start = numbers(basis);
    start[0] = 1;
    const mix = parameter(`${table.name}.${ID}`, start, [1, basis]);
    const marked = numbers(rows);
    marked[row] = 1;
    const moved = subtract(
      matmul(mix, constant(known, [basis, d])),
      constant(first.slice(), [1, d]),
    );
    return {
      tensors: new Map([
        [table.name, add(table.start, matmul(constant(marked, [rows, 1]), moved))],
      ]),
      parameters: [mix],
      warnings: basis < d ? [] : [wholeSpace(basis, d)],
    };
  },
});

/** The first weight of two axes with the most rows. */
function longestTable(weights: readonly Weight[]): Weight {
  const tables = weights.filter(({ shape }) => shape.length === 2);
  const [first, ...others] = tables;
  if (!first)
    throw new InputError(ID, 'no weight of the model has two axes; a table of rows is expected.');
  return others.reduce((most, own) => (own.shape[0] > most.shape[0] ? own : most), first);
}

/** So many rows by falling product with one of them, and this first. */
function nearest(
  data: ArrayLike<number>,
  row: number,
  [rows, d]: readonly [number, number],
  count: number,
): Int32Array {
  const products = new Float64Array(rows);
  for (let i = 0; i < rows; i++)
    for (let c = 0; c < d; c++) products[i] += data[i * d + c] * data[row * d + c];
  products[row] = Infinity;
  return largestPlaces(products, 0, rows, count);
}

const wholeSpace = (basis: number, d: number) =>
  `${basis} rows of ${d} columns may span all of them, and then restrict nothing; a basis below ${d} does.`;
