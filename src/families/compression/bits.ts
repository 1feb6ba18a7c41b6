import { gathered, type Matrix, toFloat32, zeros } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { binaryRotation } from '../../structures/retrieval/binary-rotation.ts';
import { defineCodec } from './define.ts';
import {
  bitLevels,
  bitThresholds,
  packedBits,
  sameForAll,
  unpackedBits,
} from './support/bit-planes.ts';
import { bitTables, writeTableProducts } from './support/byte-tables.ts';
import { randomAxes } from './support/kept-axes.ts';
import type { CodeContext, FitContext } from './types.ts';

/** Rows that a rotation is fitted to at most. */
const ENOUGH = 10_000;

/**
 * One bit a number: on which side of a threshold it lies; with `bitsPerDim` 2, between which of two.
 *
 *     z = x·Rᵀ,   bit_c = [z_c > t_c],   x̂ = ẑ·R with ẑ_c the mean of the fitted z_c that have the same bit
 *
 * d/8 bytes a row of d numbers, a 32nd of float32; with two bits d/4. Thresholds are 0, the mean or the median of each
 * coordinate; two of them lie 0.612 standard deviations to both sides of it, or at the thirds, and both bits are set above the
 * higher one, so that the Hamming distance counts steps. The rotation R is none, a random one, or that of iterative
 * quantization, which brings the rows nearest to corners of a cube. Queries are compared as they are, ⟨q, x̂⟩ = ⟨R q, ẑ⟩, from a
 * table for each byte of the codes: d/8 additions a row. Codes are compared among themselves by `hammingDistances`.
 *
 * @remarks Use it to find candidates that are then scored again by better vectors: alone it loses many neighbours. Take
 * `thresholds` mean or median where the rows do not lie about 0; a rotation where few coordinates carry most of the
 * variance, as after `dims`. `itq` takes a singular value decomposition of d × d a round: seconds for 256 coordinates, and a
 * minute for 768.
 * @example
 * import { matrix } from 'tammes';
 * import { bits } from 'tammes/compression';
 *
 * const { codes, model } = await bits(matrix(new Float32Array([1, 5, 2, 6, 9, 7, 8, 8]), 4, 2));
 * const { data } = await (await bits.ready(model)).decode(codes);
 * console.log(codes.bytesPerVector, data.join(' ')); // 1 1.5 5.5 1.5 5.5 8.5 7.5 8.5 7.5
 * @function
 */
export const bits = /* @__PURE__ */ defineCodec({
  id: 'bits',
  title: 'One or two bits a number',
  summary:
    'On which side of a threshold each number lies: a 32nd of the bytes, to find candidates.',
  references: [
    cite(papers.optimizationOfEmbeddingsStorageRag, 'binary: the sign'),
    cite(sources.iterativeQuantization, 'section 3.2: the rotation'),
    cite(sources.leastSquaresQuantization, 'the mean of what is coded alike'),
  ],
  options: {
    thresholds: choice(
      ['mean', 'median', 'zero'],
      'mean',
      'Where a bit turns: at the mean or the median of its coordinate, or at 0.',
    ),
    rotation: choice(
      ['none', 'random', 'itq'],
      'none',
      'Which axes: the columns, random ones, or those nearest to corners of a cube.',
    ),
    bitsPerDim: integer(
      1,
      'Bits of each coordinate: below or above, or below, between and above.',
      {
        min: 1,
        max: 2,
      },
    ),
  },
  async fit(points, { thresholds: kind, rotation: turn, bitsPerDim }, context) {
    const middle = kind === 'zero' ? new Float64Array(points.cols) : meanRow(points);
    const rotation = await rotationOf(points, middle, turn, context);
    const turned = await turnedBy(rotation, points, context);
    const thresholds = bitThresholds(turned, kind, bitsPerDim, context.random);
    const { levels, counts } = bitLevels(turned, thresholds);
    const same = sameForAll(counts, points.rows);
    return {
      settings: {},
      arrays: { ...(rotation ? { rotation } : {}), thresholds, levels },
      warnings:
        same > 0 && points.rows > 1
          ? [
              `${same} of the ${counts.length} bits are the same in all rows; take the thresholds median, or another rotation.`,
            ]
          : [],
    };
  },
  bytesPerVector: ({ arrays: { thresholds } }) => Math.ceil(thresholds.data.length / 8),
  async encode({ arrays: { rotation, thresholds } }, rows, context) {
    return packedBits(await turnedBy(rotation, rows, context), thresholds);
  },
  async decode({ arrays: { rotation, levels } }, codes, _, { engine, work: { signal } }) {
    const turned = unpackedBits(codes, levels);
    if (!rotation) return turned;
    return toFloat32(await engine.matmul(turned, toFloat32(rotation), {}, { signal }));
  },
  async products({ arrays: { rotation, levels } }, queries, codes, context) {
    const turned = await turnedBy(rotation, queries, context);
    const { rows: q, cols: d } = turned;
    const out = zeros(q, codes.rows);
    for (let i = 0; i < q; i++) {
      const { base, weights } = weightsOf(turned.data.subarray(i * d, (i + 1) * d), levels);
      writeTableProducts(bitTables(weights), base, codes, out.data, i * codes.rows);
    }
    return out;
  },
});

async function rotationOf(
  points: Matrix,
  middle: Float64Array,
  kind: 'none' | 'random' | 'itq',
  { engine, random, work }: FitContext,
): Promise<Matrix<Float32Array> | undefined> {
  if (kind === 'none') return undefined;
  const d = points.cols;
  const start = await randomAxes(d, d, engine, random.fork('rotation'));
  if (kind === 'random') return start;
  const some = random.fork('rows').sample(points.rows).subarray(0, ENOUGH);
  const sample = toFloat32(lessRow(gathered(points, some), middle));
  return (await binaryRotation(sample, start, { engine, work })).rotation;
}

async function turnedBy(
  rotation: Matrix | undefined,
  rows: Matrix,
  { engine, work: { signal } }: CodeContext,
): Promise<Matrix> {
  return rotation ? engine.matmul(rows, toFloat32(rotation), true, { signal }) : rows;
}

/** What the bits of a code add to its product with z, and what it is where no bit is set. */
function weightsOf(z: ArrayLike<number>, { data: levels, rows, cols: d }: Matrix) {
  const weights = new Float64Array((rows - 1) * d);
  let base = 0;
  for (let c = 0; c < d; c++) {
    base += z[c] * levels[c];
    for (let e = c; e < weights.length; e += d) weights[e] = z[c] * (levels[e + d] - levels[e]);
  }
  return { base, weights };
}
