import { matrix, zeros, zerosLike } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice } from '../../method/options.ts';
import { defineCodec } from './define.ts';
import { columnEnds, symmetricEnds } from './support/column-values.ts';
import { unpackedProducts } from './support/unpacked-products.ts';

/** Steps between the least and the largest value of a column. */
const STEPS = 255;

/**
 * Eight bits a number: each column from its least to its largest value in 255 equal steps.
 *
 *     code = round(255·(x − min_c)/(max_c − min_c)),   x̂ = min_c + code·(max_c − min_c)/255
 *
 * d bytes a row of d numbers, a fourth of float32. Within the range of its column no number moves by more than half a
 * step; numbers beyond it, in rows that were not fitted, become its ends. Products are taken of the codes,
 * ⟨q, x̂⟩ = Σ q_c min_c + Σ (q_c step_c)·code_c: they are those of the decoded rows. Comparing the raw codes instead,
 * as some stores do, weighs every column by the inverse of its range and loses far more. With `symmetric` the ends are
 * ±max |x| and the middle is 0, as in stores that keep no offset: columns that lie to one side of 0 lose a bit.
 *
 * @remarks Use it first: it loses next to nothing at a fourth of the bytes. `float8` needs no fit and no range;
 * `rotated-scalar` with four bits holds more in as few bytes than `int4`.
 * @example
 * import { matrix } from 'tammes';
 * import { int8 } from 'tammes/compression';
 *
 * const { codes, model } = await int8(matrix(new Float32Array([0, 5, 1, 6, 0.5, 7]), 3, 2));
 * const { data } = await (await int8.ready(model)).decode(codes);
 * console.log(codes.bytesPerVector, data[4].toFixed(3)); // 2 0.502
 * @function
 */
export const int8 = /* @__PURE__ */ defineCodec({
  id: 'int8',
  title: 'Eight bits a number',
  summary: 'Each column in 255 equal steps: a fourth of the bytes, next to no loss.',
  references: [
    cite(
      papers.optimizationOfEmbeddingsStorageRag,
      'int8, calibrated by column; its published code compares raw codes',
    ),
  ],
  options: {
    scale: choice(
      ['minmax', 'symmetric'],
      'minmax',
      'The ends of a column: its least and its largest number, or ± the larger of both.',
    ),
  },
  fit(points, { scale }) {
    const { least, most } = scale === 'minmax' ? columnEnds(points) : symmetricEnds(points);
    const d = points.cols;
    const step = most.map((top, c) => (top - least[c]) / STEPS);
    return { settings: {}, arrays: { least: matrix(least, 1, d), step: matrix(step, 1, d) } };
  },
  bytesPerVector: (_, d) => d,
  encode({ arrays: { least, step } }, { data, rows, cols: d }) {
    const bytes = new Uint8ClampedArray(rows * d);
    for (let e = 0; e < data.length; e += d) {
      for (let c = 0; c < d; c++) {
        // Rounds and clamps; a constant column has step 0 and code 0.
        bytes[e + c] = step.data[c] > 0 ? (data[e + c] - least.data[c]) / step.data[c] : 0;
      }
    }
    return new Uint8Array(bytes.buffer);
  },
  decode({ arrays: { least, step } }, { bytes, rows }, d) {
    const out = zeros(rows, d);
    for (let e = 0; e < bytes.length; e += d) {
      for (let c = 0; c < d; c++) out.data[e + c] = least.data[c] + bytes[e + c] * step.data[c];
    }
    return out;
  },
  async products({ arrays: { least, step } }, queries, codes, context) {
    const scaled = zerosLike(queries);
    const { rows: q, cols: d, data } = queries;
    const bases = new Float64Array(q);
    for (let e = 0; e < data.length; e++) {
      scaled.data[e] = data[e] * step.data[e % d];
      bases[Math.floor(e / d)] += data[e] * least.data[e % d];
    }
    const out = await unpackedProducts(scaled, codes, (bytes, into) => into.set(bytes), context);
    for (let e = 0; e < out.data.length; e++) out.data[e] += bases[Math.floor(e / out.cols)];
    return out;
  },
});
