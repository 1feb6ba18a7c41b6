import { type Matrix, matrix, zeros } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { defineCodec } from './define.ts';

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
 * as some stores do, weighs every column by the inverse of its range and loses far more.
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
    cite(papers.optimizationOfEmbeddingsStorageRag, 'section 3: int8, calibrated by column'),
  ],
  options: {},
  fit(points) {
    const { least, step } = rangesOf(points);
    return { settings: {}, arrays: { least, step } };
  },
  bytesPerVector: (_, d) => d,
  encode({ arrays: { least, step } }, { data, cols: d }) {
    const bytes = new Uint8ClampedArray(data.length);
    for (let e = 0; e < data.length; e++) {
      const c = e % d;
      // Rounds and clamps; a constant column has step 0 and code 0.
      bytes[e] = step.data[c] > 0 ? (data[e] - least.data[c]) / step.data[c] : 0;
    }
    return new Uint8Array(bytes.buffer);
  },
  decode({ arrays: { least, step } }, { bytes, rows }, d) {
    const out = zeros(rows, d);
    for (let e = 0; e < bytes.length; e++)
      out.data[e] = least.data[e % d] + bytes[e] * step.data[e % d];
    return out;
  },
});

/** The least value and the step of each column, 1 × d. */
function rangesOf({ data, rows, cols: d }: Matrix): { least: Matrix; step: Matrix } {
  const least = new Float64Array(d).fill(Infinity);
  const most = new Float64Array(d).fill(-Infinity);
  for (let e = 0; e < rows * d; e++) {
    least[e % d] = Math.min(least[e % d], data[e]);
    most[e % d] = Math.max(most[e % d], data[e]);
  }
  const step = most.map((top, c) => (top - least[c]) / STEPS);
  return { least: matrix(least, 1, d), step: matrix(step, 1, d) };
}
