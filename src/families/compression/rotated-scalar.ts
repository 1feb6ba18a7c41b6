import { type Matrix, matrix, rows as rowsOf, toFloat32, zeros } from '../../core/matrix.ts';
import type { Fitted } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer } from '../../method/options.ts';
import { normalLevels } from '../../numerics/laws/normal-levels.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { meanSquare } from '../../structures/spectra/principal-axes.ts';
import { defineCodec } from './define.ts';
import { FEW_QUERIES, writeTableProducts } from './support/byte-tables.ts';
import { randomRotation, rotated, rotatedBack } from './support/random-rotation.ts';
import {
  factorsOf,
  levelTables,
  type ScaledLevels,
  scaledBytes,
  scaledCodes,
  unpackScaled,
} from './support/scaled-levels.ts';
import { unpackedProducts } from './support/unpacked-products.ts';
import type { CodeContext, Codes } from './types.ts';

/** Rows that say what coding loses. */
const ENOUGH = 4096;

/**
 * A random rotation, after which all coordinates are nearly normal, and then the best levels of a normal law.
 *
 *     y = R (x − μ),   code_c = argmin_l |y_c·√d/‖y‖ − L_l|,   x̂ = μ + s·Rᵀ L_code
 *
 * with b bits a number and one factor s a row: ⌈bd/8⌉ + 2 bytes, by default an eighth of float32. The 2ᵇ levels are those of
 * least squared error (Lloyd and Max): D = 0.363, 0.117, 0.035, 0.0095 of ‖x − μ‖² at 1 to 4 bits, about a fourth with each
 * further bit, whatever the rows are. The factor `least-squares`, ⟨y, L⟩/‖L‖², brings x̂ nearest to x and loses D;
 * `unbiased`, ‖y‖²/⟨y, L⟩, makes ⟨q, x̂⟩ right in the mean over rotations (RaBitQ) and loses D/(1 − D). R is signs and
 * Hadamard transforms, O(d log d) a row and 12d bytes in a file, or a dense matrix. Products of
 * up to 16 queries add numbers from a table for each byte where b divides 8; others unpack a few rows at a time.
 *
 * @remarks Use it where rows come that nothing was fitted to: only the mean is learned, and the loss is known
 * beforehand. Where few coordinates carry most of the variance, keep them by `dims` first: `pq`, `opq` and `int4` see the
 * columns, this codec levels them. Take `unbiased` where inner products themselves are wanted: for cosines, which
 * divide by the length of x̂, it keeps fewer neighbours of rows that lie far from 0 (512 sentence columns, 1 bit: 0.63
 * against 0.74). With fewer than about 8 columns coordinates are not normal, and it loses more.
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { rotatedScalar } from 'tammes/compression';
 *
 * const points = uniformPoints(1000, 128, Random.fromSeed(1));
 * const { codes, facts } = await rotatedScalar(points, { bits: 2 });
 * console.log(codes.bytesPerVector, facts.squaresLost.toFixed(2)); // 34 0.12
 * @function
 */
export const rotatedScalar = /* @__PURE__ */ defineCodec({
  id: 'rotated-scalar',
  title: 'Rotation and scalar levels',
  summary: 'A random rotation, then the best levels of a normal law: a known loss without a fit.',
  references: [
    cite(sources.turboQuant, 'random rotation, then the optimal scalar levels'),
    cite(sources.rabitq, 'the unbiased estimate of inner products'),
    cite(sources.quantizingForMinimumDistortion, 'the levels of a normal law'),
  ],
  deviations: [
    'Levels are those of the normal law, to which the coordinates of a random unit vector tend, for every d.',
    'The rotation is three rounds of signs and Hadamard transforms unless dense is asked for.',
  ],
  options: {
    bits: integer(4, 'Bits a number.', { min: 1, max: 8, symbol: 'b' }),
    factor: choice(
      ['least-squares', 'unbiased'],
      'least-squares',
      'What the factor of a row makes right: the distance to the row, or inner products in the mean.',
    ),
    rotation: choice(
      ['hadamard', 'dense'],
      'hadamard',
      'Signs and Hadamard transforms, or a matrix drawn uniformly.',
    ),
    center: choice(['mean', 'zero'], 'mean', 'What is taken off first: the mean row, or nothing.'),
    type: choice(['f2', 'f4'], 'f2', 'The factor of a row in half or in single precision.'),
  },
  async fit(points, { bits, factor, rotation: kind, center, type }, context) {
    const d = points.cols;
    const middle = Float32Array.from(center === 'mean' ? meanRow(points) : new Float32Array(d));
    const rotation = await randomRotation(kind, d, context);
    const less = lessRow(points, middle) as Matrix<Float32Array>;
    // Factors are stored relative to it, so that rows of any size have them in half precision.
    const unit = Math.sqrt(meanSquare(less) / d) || 1;
    const fitted = {
      settings: { bits, factor, type, unit },
      arrays: {
        ...rotation,
        middle: matrix(middle, 1, d),
        levels: matrix(Float32Array.from(normalLevels(2 ** bits)), 1, 2 ** bits),
      },
    };
    const some = await rotated(rotation, rowsOf(less, 0, Math.min(ENOUGH, less.rows)), context);
    return { ...fitted, facts: { squaresLost: lossOf(some, specOf(fitted)) } };
  },
  bytesPerVector: (fitted, d) => scaledBytes(specOf(fitted), d),
  async encode(fitted, rows, context) {
    const { middle, ...rotation } = fitted.arrays;
    const turned = await rotated(rotation, toFloat32(lessRow(rows, middle.data)), context);
    return scaledCodes('rotated-scalar', turned, specOf(fitted));
  },
  async decode(fitted, { bytes, rows }, d, context) {
    const { middle, ...rotation } = fitted.arrays;
    const turned = zeros(rows, d);
    unpackScaled(bytes, specOf(fitted), d, turned.data);
    const out = await rotatedBack(rotation, turned, context);
    for (let e = 0; e < out.data.length; e++) out.data[e] += middle.data[e % d];
    return out;
  },
  async products(fitted, queries, codes, context) {
    const { middle, ...rotation } = fitted.arrays;
    const [spec, d] = [specOf(fitted), queries.cols];
    const turned = await rotated(rotation, queries, context);
    const out = await scaledProducts(turned, codes, spec, context);
    for (let q = 0; q < queries.rows; q++) {
      let base = 0;
      for (let c = 0; c < d; c++) base += queries.data[q * d + c] * middle.data[c];
      for (let e = q * out.cols; e < (q + 1) * out.cols; e++) out.data[e] += base;
    }
    return out;
  },
});

/** ⟨z, ŷ⟩ of turned queries: of few from a table for each byte, where bytes hold whole numbers. */
async function scaledProducts(
  turned: Matrix<Float32Array>,
  codes: Codes,
  spec: ScaledLevels,
  context: CodeContext,
): Promise<Matrix<Float32Array>> {
  const { data, rows: q, cols: d } = turned;
  if (q > FEW_QUERIES || 8 % spec.bits !== 0) {
    const unpack = (bytes: Uint8Array, out: Float32Array) => unpackScaled(bytes, spec, d, out);
    return unpackedProducts(turned, codes, unpack, context);
  }
  const out = zeros(q, codes.rows);
  const factors = factorsOf(codes, spec);
  for (let i = 0; i < q; i++) {
    const tables = levelTables(data.subarray(i * d, (i + 1) * d), spec);
    writeTableProducts(tables, 0, codes, out.data, i * codes.rows);
    for (let j = 0; j < codes.rows; j++) out.data[i * codes.rows + j] *= factors[j];
  }
  return out;
}

function specOf({ settings, arrays: { levels } }: Fitted): ScaledLevels {
  const { bits, factor, type, unit } = settings as unknown as Omit<ScaledLevels, 'levels'>;
  return { bits, factor, type, unit, levels: Float32Array.from(levels.data) };
}

/** Σ‖y − ŷ‖² / Σ‖y‖² of rows about their mean. */
function lossOf(turned: Matrix, spec: ScaledLevels): number {
  const coded = new Float32Array(turned.data.length);
  unpackScaled(scaledCodes('rotated-scalar', turned, spec), spec, turned.cols, coded);
  let [lost, all] = [0, 0];
  for (let e = 0; e < coded.length; e++) {
    lost += (turned.data[e] - coded[e]) ** 2;
    all += turned.data[e] ** 2;
  }
  return all > 0 ? lost / all : 0;
}
