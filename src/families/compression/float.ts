import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice } from '../../method/options.ts';
import { defineCodec } from './define.ts';
import { floatCodes } from './support/stored-floats.ts';

/**
 * Floats as they are, of 4 or 2 bytes: `f2` is IEEE 754 half precision, `bf16` the upper half of a float32.
 *
 *     x̂ = the nearest number of the type, of two the one whose last bit is 0
 *
 * `f2` has 11 binary digits and moves a number by at most 2⁻¹¹ of its size, or 2⁻²⁵ below 2⁻¹⁴; it holds sizes up to
 * 65,504, and a row beyond is refused. `bf16` has 8 digits, moves a number by at most 2⁻⁸ of its size, and has the range
 * of float32. `f4` is float32 itself. O(nd).
 *
 * @remarks Use it where nothing may be lost that a search could notice: `f2` halves the bytes. `float8` and `int8` quarter
 * them. Where rows have large numbers that are not to be scaled, take `bf16`.
 * @example
 * import { matrix } from 'tammes';
 * import { float } from 'tammes/compression';
 *
 * const { codes, model } = await float(matrix(new Float32Array([1, 1 / 3]), 1, 2));
 * const { data } = await (await float.ready(model)).decode(codes);
 * console.log(codes.bytesPerVector, data[1]); // 4 0.333251953125
 * @function
 */
export const float = /* @__PURE__ */ defineCodec({
  id: 'float',
  title: 'Floats of 4 or 2 bytes',
  summary: 'Half precision: half of the bytes, and no loss that a search would notice.',
  references: [
    cite(papers.optimizationOfEmbeddingsStorageRag, 'float16 and bfloat16 as direct casts'),
  ],
  options: {
    type: choice(
      ['f2', 'bf16', 'f4'],
      'f2',
      'Half precision, the upper half of a float32, or float32 itself.',
    ),
  },
  fit: (_, { type }) => ({ settings: { type }, arrays: {} }),
  ...floatCodes('float'),
});
