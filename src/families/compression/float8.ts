import { type Float8, float8Codes, float8Values, largestFloat8 } from '../../core/float8.ts';
import { type Matrix, toFloat32, zeros } from '../../core/matrix.ts';
import { counted, grouped } from '../../core/text.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { defineCodec } from './define.ts';
import { unpackedProducts } from './support/unpacked-products.ts';

/**
 * Floats of one byte, cast directly: `e4m3` with four digits, `e5m2` with three and a wider range.
 *
 *     x̂ = the nearest of the 254 (e4m3) or 248 (e5m2) finite numbers, of two the one with an even code
 *
 * d bytes a row of d numbers. `e4m3` moves a number by at most 2⁻⁴ of its size from 2⁻⁶ up to 448, and by at most 2⁻¹⁰ below;
 * `e5m2` by 2⁻³ from 2⁻¹⁴ up to 57,344, and by 2⁻¹⁷ below. Larger sizes become the largest, and a warning counts them. The fact
 * `zeros` counts the numbers that became 0. The codes are those of the formats (e4m3 without infinities), so that other
 * programs read them. O(nd).
 *
 * @remarks Use it where nothing can be fitted beforehand: rows that come later are coded as well as the first ones.
 * `int8` takes as many bytes, is fitted to the range of each column and loses less. Rows of many hundred columns and
 * length 1 have numbers near the least of `e4m3`; `e5m2` reaches lower with a digit less.
 * @example
 * import { matrix } from 'tammes';
 * import { float8 } from 'tammes/compression';
 *
 * const { codes, model } = await float8(matrix(new Float32Array([0.3, 1000]), 1, 2));
 * const { data } = await (await float8.ready(model)).decode(codes);
 * console.log(codes.bytesPerVector, data.join(' ')); // 2 0.3125 448
 * @function
 */
export const float8 = /* @__PURE__ */ defineCodec({
  id: 'float8',
  title: 'Floats of one byte',
  summary: 'Floats of one byte, cast directly: a fourth of the bytes, with nothing to fit.',
  references: [
    cite(papers.optimizationOfEmbeddingsStorageRag, 'float8 e4m3 and e5m2 as direct casts'),
    cite(sources.fp8FormatsForDeepLearning, 'table 1: the formats'),
  ],
  options: {
    type: choice(['e4m3', 'e5m2'], 'e4m3', 'Bits of the exponent and of the mantissa.'),
  },
  fit(points, { type }) {
    const { beyond, zeros: lost, nonzero } = lossOf(toFloat32(points), type);
    const limit = grouped(largestFloat8(type));
    const are = beyond === 1 ? 'number lies' : 'numbers lie';
    const warnings =
      beyond > 0
        ? [
            `${grouped(beyond)} ${are} beyond ±${limit}, the largest of ${type}, and became it; scale the rows, or take float.`,
          ]
        : [];
    if (2 * lost > nonzero)
      warnings.push(
        `${grouped(lost)} of ${counted(nonzero, 'number')} became 0: they are too small for ${type}; scale the rows, or take int8.`,
      );
    return { settings: { type }, arrays: {}, facts: { beyond, zeros: lost }, warnings };
  },
  bytesPerVector: (_, d) => d,
  encode({ settings }, { data }) {
    return float8Codes(settings['type'] as Float8, Float32Array.from(data));
  },
  decode({ settings }, { bytes, rows }, d) {
    const out = zeros(rows, d);
    lookUp(bytes, float8Values(settings['type'] as Float8), out.data);
    return out;
  },
  products({ settings }, queries, codes, context) {
    const values = float8Values(settings['type'] as Float8);
    return unpackedProducts(queries, codes, (bytes, out) => lookUp(bytes, values, out), context);
  },
});

function lookUp(bytes: Uint8Array, values: Float32Array, out: Float32Array): void {
  for (let e = 0; e < bytes.length; e++) out[e] = values[bytes[e]];
}

/** How many numbers lie beyond the largest, and how many of those that are not 0 become 0. */
function lossOf({ data }: Matrix<Float32Array>, type: Float8) {
  const [values, codes, largest] = [
    float8Values(type),
    float8Codes(type, data),
    largestFloat8(type),
  ];
  const found = { beyond: 0, zeros: 0, nonzero: 0 };
  for (let e = 0; e < data.length; e++) {
    if (data[e] === 0) continue;
    found.nonzero += 1;
    if (Math.abs(data[e]) > largest) found.beyond += 1;
    else if (values[codes[e]] === 0) found.zeros += 1;
  }
  return found;
}
