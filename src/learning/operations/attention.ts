import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { operation, shapeInWords, sizeOf, type Tensor } from '../tape/tensor.ts';
import { probabilitiesInPlace, slopesInPlace, softmaxInPlace } from './attention-softmax.ts';
import { copyColumns } from './columns.ts';
import { type Factor, product } from './matmul.ts';

export interface AttentionOptions {
  /** Equal parts of the columns that attend each on their own; default: 1. */
  readonly heads?: number;
  /** Whether a place sees only itself and what stands before it; default: false. */
  readonly causal?: boolean;
  /** How many keys each sequence has: those behind are padding that nobody sees. Default: all. */
  readonly lengths?: ArrayLike<number>;
}

/**
 * Scaled dot-product attention of every head: queries q … × t × d, keys k and values v … × s × d (all leading
 * axes alike, they count sequences; t × d is one sequence) → … × t × d.
 *
 *     yᵢ = Σ_j p_ij v_j,   pᵢ = softmax_j(⟨qᵢ, k_j⟩/√(d/heads)),   head by head
 *     ∂L/∂v_j = Σᵢ p_ij gᵢ,   e_ij = p_ij (⟨gᵢ, v_j⟩ − ⟨gᵢ, yᵢ⟩)/√(d/heads)
 *     ∂L/∂qᵢ = Σ_j e_ij k_j,   ∂L/∂k_j = Σᵢ e_ij qᵢ
 *
 * One operation, whose products are the engine's, a head at a time. Of the t × s probabilities, those of one head
 * exist at once: they are computed again on the way back from the logarithm of each softmax's sum, which is all
 * that is kept. A query that sees no key gives zeros.
 */
export function attention(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  { heads = 1, causal = false, lengths }: AttentionOptions = {},
): Tensor {
  const { sequences, t, s, d } = attentionShape(q, k, v, heads);
  if (causal && s !== t)
    throw new ShapeError('attention', `${t} keys to be causal, as many as queries`, `${s}`);
  if (lengths) requireLengths(lengths, sequences, s);
  const w = d / heads;
  const scale = 1 / Math.sqrt(w);
  const logSums = new Float64Array(sequences * heads * t);
  const parts = partsOf(sequences, heads, lengths ?? new Int32Array(sequences).fill(s));
  const sumsOf = ({ place }: Part) => logSums.subarray(place * t, (place + 1) * t);
  const startOf = ({ sequence, head }: Part, n: number) => sequence * n * d + head * w;
  /** The first `rows` rows of a head in a sequence of n, into a tile. */
  const take = (x: Floats, n: number, part: Part, rows: number, tile: Floats): Factor => {
    copyColumns(x, d, startOf(part, n), tile, w, 0, w, rows);
    return [tile.subarray(0, rows * w), rows, w];
  };
  const put = ([tile, rows]: Factor, part: Part, n: number, x: Floats): void =>
    copyColumns(tile, w, 0, x, d, startOf(part, n), w, rows);

  return operation('attention', [q, k, v], q.shape, {
    async forward({ engine, inputs: [x, y, z], out, room }) {
      const [qs, ks, vs, scores] = [room(t * w), room(s * w), room(s * w), room(t * s)];
      const made: Factor = [room(t * w), t, w];
      out.fill(0);
      for (const part of parts) {
        const { keys } = part;
        const p: Factor = [scores.subarray(0, t * keys), t, keys];
        const queryRows = take(x, t, part, t, qs);
        await product(engine, queryRows, take(y, s, part, keys, ks), p, { transposeB: true });
        softmaxInPlace(p, { causal, scale }, sumsOf(part));
        await product(engine, p, take(z, s, part, keys, vs), made);
        put(made, part, t, out);
      }
    },

    async backward({ engine, inputs: [x, y, z], out, gradient, to: [toQ, toK, toV], room }) {
      const [qs, ys, gs, ks, vs] = [t, t, t, s, s].map((rows) => room(rows * w));
      const [scores, slopes] = [room(t * s), room(t * s)];
      const onQuery: Factor = [room(t * w), t, w];
      const onKeys = room(s * w);
      for (const to of [toQ, toK, toV]) to?.fill(0);
      for (const part of parts) {
        const { keys } = part;
        const [queryRows, keyRows] = [take(x, t, part, t, qs), take(y, s, part, keys, ks)];
        const [g, valueRows] = [take(gradient, t, part, t, gs), take(z, s, part, keys, vs)];
        const p: Factor = [scores.subarray(0, t * keys), t, keys];
        const e: Factor = [slopes.subarray(0, t * keys), t, keys];
        const onKey: Factor = [onKeys.subarray(0, keys * w), keys, w];
        await product(engine, queryRows, keyRows, p, { transposeB: true });
        await product(engine, g, valueRows, e, { transposeB: true });
        probabilitiesInPlace(p, { causal, scale }, sumsOf(part));
        slopesInPlace(e, p, scale, g, take(out, t, part, t, ys));
        if (toQ) {
          await product(engine, e, keyRows, onQuery);
          put(onQuery, part, t, toQ);
        }
        if (toK) {
          await product(engine, e, queryRows, onKey, { transposeA: true });
          put(onKey, part, s, toK);
        }
        if (toV) {
          await product(engine, p, g, onKey, { transposeA: true });
          put(onKey, part, s, toV);
        }
      }
    },
  });
}

/** One head in one sequence. */
interface Part {
  readonly sequence: number;
  readonly head: number;
  /** Its place among all parts. */
  readonly place: number;
  /** How many keys there are to see. */
  readonly keys: number;
}

/** The parts that see something. */
function partsOf(sequences: number, heads: number, lengths: ArrayLike<number>): readonly Part[] {
  return Array.from({ length: sequences * heads }, (_, place) => {
    const sequence = Math.floor(place / heads);
    return { sequence, head: place % heads, place, keys: lengths[sequence] };
  }).filter(({ keys }) => keys > 0);
}

function attentionShape(q: Tensor, k: Tensor, v: Tensor, heads: number) {
  const [t, d] = q.shape.slice(-2);
  const s = k.shape.at(-2);
  if (q.shape.length < 2 || t === undefined || d === undefined || s === undefined)
    throw new ShapeError(
      'attention',
      'queries … × t × d and keys … × s × d',
      `${shapeInWords(q.shape)} and ${shapeInWords(k.shape)}`,
    );
  const leading = q.shape.slice(0, -2);
  const wanted = shapeInWords([...leading, s, d]);
  for (const [what, { shape }] of [['keys', k] as const, ['values', v] as const]) {
    if (shapeInWords(shape) !== wanted)
      throw new ShapeError(
        'attention',
        `${what} of ${wanted} beside queries of ${shapeInWords(q.shape)}`,
        shapeInWords(shape),
      );
  }
  if (!Number.isInteger(heads) || heads < 1 || d % heads !== 0)
    throw new OptionError('attention', 'heads', `a whole number that divides ${d} columns`, heads);
  return { sequences: sizeOf(leading), t, s, d };
}

function requireLengths(lengths: ArrayLike<number>, sequences: number, keys: number): void {
  if (lengths.length !== sequences)
    throw new ShapeError('attention', `${sequences} lengths, one a sequence`, `${lengths.length}`);
  for (let i = 0; i < sequences; i++) {
    if (!Number.isInteger(lengths[i]) || lengths[i] < 0 || lengths[i] > keys)
      throw new InputError(
        'attention',
        `length ${lengths[i]} of sequence ${i} is not a whole number in 0 … ${keys}.`,
      );
  }
}
