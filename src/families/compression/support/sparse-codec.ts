import { type Matrix, matrix, toFloat32, zeros } from '../../../core/matrix.ts';
import { counted } from '../../../core/text.ts';
import type { Fitted } from '../../../learning/index.ts';
import { eachLatents } from '../../../learning/sparse-autoencoder/index.ts';
import { largestPlaces } from '../../../numerics/rows/largest-places.ts';
import { sparseCost } from '../../../numerics/statistics/sparse-cost.ts';
import type { CodeContext, CodecFit, CodecSpec } from '../types.ts';
import { packSparse, sparseWidth, unpackSparse } from './sparse-codes.ts';

/** A share of dead latents that is worth a word. */
const MANY_DEAD = 0.1;

type SparseCodec = Pick<
  CodecSpec<Record<never, never>>,
  'bytesPerVector' | 'encode' | 'decode' | 'products' | 'sparse'
>;

/** What codecs share whose codes are the k largest latents above 0 of a sparse autoencoder. */
export function sparseCodec(id: string): SparseCodec {
  return {
    bytesPerVector: sparseWidth,
    async encode(fitted, rows, context) {
      const width = sparseWidth(fitted);
      const bytes = new Uint8Array(rows.rows * width);
      await eachLatents(fitted, rows as Matrix<Float32Array>, context, (latents, from) =>
        packSparse(id, fitted, latents, bytes.subarray(from * width)),
      );
      return bytes;
    },
    decode(fitted, codes, d) {
      const { weight, decoder = weight, center } = fitted.arrays;
      const { offsets, columns, values } = unpackSparse(fitted, codes);
      const deviation = fitted.settings['deviation'] as number;
      const out = zeros(codes.rows, d);
      const sum = new Float64Array(d);
      for (let i = 0; i < codes.rows; i++) {
        sum.set(center.data);
        for (let e = offsets[i]; e < offsets[i + 1]; e++) {
          const [factor, row] = [deviation * values[e], columns[e] * d];
          for (let c = 0; c < d; c++) sum[c] += factor * decoder.data[row + c];
        }
        out.data.set(sum, i * d);
      }
      return out;
    },
    // ⟨q, x̂⟩ = ⟨q, b⟩ + σ Σ_j z_j ⟨q, D_j⟩: k multiplications for a code.
    async products(fitted, queries, codes, { engine, work: { signal } }) {
      const { weight, decoder = weight, center } = fitted.arrays;
      const { offsets, columns, values } = unpackSparse(fitted, codes);
      const deviation = fitted.settings['deviation'] as number;
      const h = decoder.rows;
      const { data: onLatents } = await engine.matmul(queries, toFloat32(decoder), true, {
        signal,
      });
      const own = await engine.matmul(queries, toFloat32(center), true, { signal });
      const n = codes.rows;
      const out = zeros(queries.rows, n);
      for (let q = 0; q < queries.rows; q++) {
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let e = offsets[i]; e < offsets[i + 1]; e++)
            sum += values[e] * onLatents[q * h + columns[e]];
          out.data[q * n + i] = own.data[q] + deviation * sum;
        }
      }
      return out;
    },
    sparse: unpackSparse,
  };
}

interface Stored {
  readonly k: number;
  readonly value: 'float16' | 'int8';
}

/** What is known of a trained autoencoder's codes of the rows it was fitted to; with steps for values of one byte. */
export async function fittedCodes(
  { settings, arrays, loss }: Fitted & { readonly loss: number },
  points: Matrix,
  { k, value }: Stored,
  context: CodeContext,
): Promise<CodecFit> {
  const h = arrays['weight'].rows;
  const counts = new Float64Array(h);
  const largest = new Float32Array(h);
  let cut = 0;
  const note = ({ data, rows }: Matrix) => {
    for (let i = 0; i < rows; i++) {
      const above = largestPlaces(data, i * h, (i + 1) * h, Math.min(h, k + 1)).filter(
        (c) => data[i * h + c] > 0,
      );
      if (above.length > k) cut++;
      for (const c of above.subarray(0, k)) {
        counts[c]++;
        largest[c] = Math.max(largest[c], data[i * h + c]);
      }
    }
  };
  const model = { settings: { ...settings, k }, arrays };
  await eachLatents(model, toFloat32(points), context, note);
  const { unused, ...cost } = sparseCost(counts, points.rows);
  const steps = matrix(
    largest.map((top) => top / 255),
    1,
    h,
  );
  return {
    settings: model.settings,
    arrays: value === 'int8' ? { ...arrays, steps } : arrays,
    facts: {
      loss,
      ...cost,
      dead: unused,
      // Codes of k by definition are always cut.
      ...(settings['tied'] ? {} : { cut: cut / points.rows }),
    },
    warnings: warningsOf(points, h, unused),
  };
}

function warningsOf({ rows: n, data, cols: d }: Matrix, h: number, dead: number): string[] {
  if (data.every((x, e) => x === data[e % d]))
    return ['The rows are all equal: every code stands for that row.'];
  if (dead <= MANY_DEAD) return [];
  const few = n < h ? `; ${counted(n, 'row')} can hardly use more` : '';
  return [`${Math.round(100 * dead)} % of the ${h} latents are used by no row${few}.`];
}
