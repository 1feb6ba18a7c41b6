import { type Matrix, zeros } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { scalarLevels } from '../../numerics/statistics/scalar-levels.ts';
import { defineCodec } from './define.ts';
import { columnEnds, rowsToSort, sortedColumn, symmetricEnds } from './support/column-values.ts';
import { unpackedProducts } from './support/unpacked-products.ts';

const LEVELS = 16;

/**
 * Four bits a number: each column by the nearest of 16 levels of its own.
 *
 *     code = argmin_l |x − L_lc|,   x̂ = L_code,c
 *
 * ⌈d/2⌉ bytes a row of d numbers, an eighth of float32. `fitted` levels have the least mean squared error that Lloyd's
 * alternation finds, in at most 8,192 rows drawn by the seed: of a normal column 0.0095 of the variance. `even` ones go
 * from the least to the largest number, as 4-bit integers of many stores do, and lose twice as much of 20,000 normal numbers,
 * the more the farther the farthest lie; `symmetric` ones are even from −max |x| to max |x|. Levels take 64d bytes in all. Products unpack a few rows at a time.
 *
 * @remarks Use it where `int8` is still too large; beside `pca` with an eighth of the coordinates or `bits` it keeps most
 * neighbours. In a column with few far numbers `even` wastes its levels on the gap.
 * @example
 * import { matrix } from 'tammes';
 * import { int4 } from 'tammes/compression';
 *
 * const { codes, model } = await int4(matrix(new Float32Array([1, 7, 1, 8, 100, 9]), 3, 2));
 * const { data } = await (await int4.ready(model)).decode(codes);
 * console.log(codes.bytesPerVector, data.join(' ')); // 1 1 7 1 8 100 9
 * @function
 */
export const int4 = /* @__PURE__ */ defineCodec({
  id: 'int4',
  title: 'Four bits a number',
  summary: 'Each column by 16 levels of its own: an eighth of the bytes.',
  references: [
    cite(papers.optimizationOfEmbeddingsStorageRag, 'four bits a number, there as float4'),
    cite(sources.leastSquaresQuantization, 'the alternation of levels and cells'),
  ],
  options: {
    levels: choice(
      ['fitted', 'even', 'symmetric'],
      'fitted',
      'Levels of least squared error, evenly from the least to the largest number, or evenly about 0.',
    ),
  },
  fit: (points, { levels }, { random }) => ({
    settings: {},
    arrays: { levels: levelsOf(points, levels, random) },
  }),
  bytesPerVector: (_, d) => Math.ceil(d / 2),
  encode({ arrays: { levels } }, { data, rows, cols: d }) {
    const width = Math.ceil(d / 2);
    const bytes = new Uint8Array(rows * width);
    const cuts = cutsOf(levels);
    for (let i = 0; i < rows; i++) {
      for (let c = 0; c < d; c++)
        bytes[i * width + (c >> 1)] |= codeOf(data[i * d + c], cuts, c) << (4 * (c & 1));
    }
    return bytes;
  },
  decode({ arrays: { levels } }, { bytes, rows }, d) {
    const out = zeros(rows, d);
    unpackInto(bytes, levels, out.data);
    return out;
  },
  products: ({ arrays: { levels } }, queries, codes, context) =>
    unpackedProducts(queries, codes, (bytes, out) => unpackInto(bytes, levels, out), context),
});

/** The levels of each column, d × 16, ascending. */
function levelsOf(points: Matrix, kind: 'fitted' | 'even' | 'symmetric', random: Random): Matrix {
  const d = points.cols;
  const out = zeros(d, LEVELS);
  if (kind === 'fitted') {
    const rows = rowsToSort(points.rows, random);
    for (let c = 0; c < d; c++)
      out.data.set(scalarLevels(sortedColumn(points, c, rows), LEVELS), c * LEVELS);
    return out;
  }
  const { least, most } = kind === 'even' ? columnEnds(points) : symmetricEnds(points);
  for (let e = 0; e < d * LEVELS; e++) {
    const [c, l] = [Math.floor(e / LEVELS), e % LEVELS];
    out.data[e] = least[c] + (l * (most[c] - least[c])) / (LEVELS - 1);
  }
  return out;
}

/** Where the cells of the levels meet, d × 16; the last of each column is never reached. */
function cutsOf({ data, rows, cols }: Matrix): Float64Array {
  return Float64Array.from({ length: rows * cols }, (_, e) =>
    e % LEVELS === LEVELS - 1 ? Infinity : (data[e] + data[e + 1]) / 2,
  );
}

/** How many of the 15 cuts of column c lie below x. */
function codeOf(x: number, cuts: Float64Array, c: number): number {
  const first = c * LEVELS;
  let code = 0;
  for (let half = LEVELS / 2; half > 0; half >>= 1)
    if (x > cuts[first + code + half - 1]) code += half;
  return code;
}

/** Writes the levels that the codes stand for; two columns a byte, the first in its lower half. */
function unpackInto(bytes: Uint8Array, { data: levels, rows: d }: Matrix, out: Float32Array): void {
  for (let at = 0, e = 0; e < out.length; ) {
    for (let c = 0; c < d; c += 2, at++, e += 2) {
      const byte = bytes[at];
      out[e] = levels[c * LEVELS + (byte & 15)];
      if (c + 1 < d) out[e + 1] = levels[(c + 1) * LEVELS + (byte >> 4)];
    }
    // A row of an odd number of columns ends in half a byte.
    if (d % 2 === 1) e -= 1;
  }
}
