import { ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { type SparseMatrix, sparseTimes } from '../../core/sparse.ts';
import { product } from '../operations/matmul.ts';
import { sumOfRows } from '../operations/rows.ts';
import { operation, rowsOf, shapeInWords, type Tensor } from '../tape/tensor.ts';
import { fewOf, fewTransposedTimes, productsAtFew } from './few.ts';

/**
 * Z·D of codes, most numbers of which are 0: Z n × h, D h × d → n × d, in the time that the others take. Where they are
 * not few the engine multiplies.
 *
 *     ∂L/∂D = Zᵀ·G,   ∂L/∂Z = G·Dᵀ where Z is not 0, and 0 elsewhere
 *
 * What makes codes sparse, such as `relu` and `topK`, passes no gradient on where they are 0.
 */
export function timesDecoder(codes: Tensor, decoder: Tensor): Tensor {
  const [n, h] = rowsOf(codes.shape);
  const [rows, d] = rowsOf(decoder.shape);
  if (h !== rows)
    throw new ShapeError(
      'timesDecoder',
      `a decoder of ${h} rows, as many as codes have columns`,
      shapeInWords(decoder.shape),
    );
  let few: SparseMatrix | undefined;
  return operation('timesDecoder', [codes, decoder], [n, d], {
    forward({ engine, inputs: [z, w], out }) {
      few = fewOf(z, n, h);
      if (!few) return product(engine, [z, n, h], [w, h, d], [out, n, d]);
      sparseTimes(few, w, d, out);
    },
    async backward({ engine, inputs: [z, w], gradient, to: [toCodes, toDecoder] }) {
      if (few) {
        if (toCodes) productsAtFew(few, gradient, w, d, toCodes);
        if (toDecoder) fewTransposedTimes(few, gradient, d, toDecoder);
        return;
      }
      if (toCodes) {
        await product(engine, [gradient, n, d], [w, h, d], [toCodes, n, h], { transposeB: true });
        for (let e = 0; e < z.length; e++) if (z[e] === 0) toCodes[e] = 0;
      }
      if (toDecoder)
        await product(engine, [z, n, h], [gradient, n, d], [toDecoder, h, d], { transposeA: true });
    },
  });
}

export interface Encoder {
  /** W, h × d. */
  readonly weight: Tensor;
  /** b, d numbers. */
  readonly center: Tensor;
  /** a, h numbers. */
  readonly bias: Tensor;
}

/**
 * W(x − b) + a, row by row: x n × d → n × h. Where few numbers of G are not 0, as below `topK`, ∂L/∂W takes the time of these.
 *
 *     ∂L/∂W = Gᵀ·(x − b),   ∂L/∂a = Σ rows of G,   ∂L/∂b = −(Σ rows of G)·W,   ∂L/∂x = G·W
 */
export function encoded(x: Tensor, { weight, center, bias }: Encoder): Tensor {
  const [n, d] = rowsOf(x.shape);
  const [h, cols] = rowsOf(weight.shape);
  if (cols !== d || center.shape[0] !== d || bias.shape[0] !== h)
    throw new ShapeError(
      'encoded',
      `weights of ${d} columns, a center of ${d} numbers and a bias of ${h}`,
      [weight, center, bias].map(({ shape }) => shapeInWords(shape)).join(', '),
    );
  let middle: Floats;
  return operation('encoded', [x, weight, center, bias], [n, h], {
    forward({ engine, inputs: [rows, w, b, a], out, room }) {
      middle = room(n * d);
      for (let i = 0; i < n; i++)
        for (let c = 0; c < d; c++) middle[i * d + c] = rows[i * d + c] - b[c];
      return product(engine, [middle, n, d], [w, h, d], [out, n, h], { transposeB: true, bias: a });
    },
    async backward({ engine, inputs: [, w], gradient, to: [toX, toW, toCenter, toBias] }) {
      const few = fewOf(gradient, n, h);
      if (toX && few) sparseTimes(few, w, d, toX);
      else if (toX) await product(engine, [gradient, n, h], [w, h, d], [toX, n, d]);
      if (toW && few) fewTransposedTimes(few, middle, d, toW);
      else if (toW)
        await product(engine, [gradient, n, h], [middle, n, d], [toW, h, d], { transposeA: true });
      const sums = new Float64Array(h);
      sumOfRows(gradient, sums);
      toBias?.set(sums);
      if (toCenter) toCenter.set(lessRows(sums, w, d));
    },
  });
}

/** −s·W of h numbers s, W h × d. */
function lessRows(s: Float64Array, w: Floats, d: number): Float64Array {
  const out = new Float64Array(d);
  for (let j = 0; j < s.length; j++) {
    if (s[j] === 0) continue;
    for (let c = 0; c < d; c++) out[c] -= s[j] * w[j * d + c];
  }
  return out;
}
