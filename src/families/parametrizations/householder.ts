import { InputError, OptionError } from '../../core/errors.ts';
import { matrix } from '../../core/matrix.ts';
import {
  constant,
  matmul,
  type Parameter,
  parameter,
  householder as reflected,
  type Tensor,
  transpose,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { boolean, integer, number } from '../../method/options.ts';
import { svd } from '../../numerics/decompositions/svd.ts';
import { defineParametrization } from './define.ts';
import { reflectorsOf } from './support/reflectors.ts';
import type { BuildContext, Weight } from './types.ts';

const ID = 'householder';

/**
 * Dense weights as products of two frames, orthonormal at every step, with one length for all their directions.
 *
 *     W = s·U_r·D·V_rᵀ,   U_r, V_r the first r columns of Q(A), Q(B);   Q(B) = ∏ᵢ (I − 2 bᵢbᵢᵀ/‖bᵢ‖²)
 *
 * W m × k, A r × m and B r × k trained, D a fixed diagonal of 1 and −1: r·(m + k) numbers. All singular values are s, so that a
 * step of one length along any direction moves what comes next equally far, and k − r directions move nothing. It begins with
 * the leading r singular vectors of the weight, by Householder QR of their frames; with s `strength`, 0: their root mean
 * square singular value. Frames stay orthonormal by what they are, without a projection or a penalty.
 *
 * @remarks Use it for the first layer of a decoder that was trained, and go on training for a few steps: the directions of
 * its codes are then the rows of V_rᵀ (`directions/decoder` finds them). It is no update: the model changes by what
 * rank and lengths take away. A frame turned within its own span, U_r and V_r together, is the same W: which of the equal
 * directions are found is decided by the start and by training, not by W. For few numbers beside a trained weight take `lora`.
 * @example
 * import { mlp } from 'tammes/learning';
 * import { householder } from 'tammes/parametrizations';
 *
 * const { parameters } = mlp({ name: 'decoder', sizes: [16, 64, 256] });
 * const { trained, adapted } = await householder(parameters, { rank: 4, layer: 0, others: false });
 * console.log(trained, adapted.join()); // 320 decoder.0.weight
 * @function
 */
export const householder = /* @__PURE__ */ defineParametrization({
  id: ID,
  title: 'Householder projector',
  summary: 'Dense weights of low rank with orthonormal factors, products of reflections.',
  references: [
    cite(papers.householderProjector, 'the projector; model_ortho.py of the official code'),
  ],
  deviations: [
    'As many reflections as the rank, which reach every frame of that many columns; the official code has as many as columns, and reads only the first of the product.',
    'All reflections are merged at once, in the compact WY form; the official code merges pairs and needs a power of two.',
    'D has the signs that Householder QR leaves, so that it begins with the singular vectors as they are; the paper has 1 alone.',
    'The factor s is one number; the paper’s generator normalizes behind the layer, and has 1.',
  ],
  isUpdate: false,
  options: {
    rank: integer(10, 'Directions that are kept; no more than the weight has.', {
      min: 1,
      symbol: 'r',
    }),
    layer: integer(
      -1,
      'Which of the weights of two axes, counted from 0; −1: all of which the projector has fewer numbers.',
      { min: -1 },
    ),
    strength: number(0, 'Every singular value; 0: the root mean square of those that are kept.', {
      min: 0,
      symbol: 's',
    }),
    others: boolean(true, 'Whether the weights that are not projected are trained too, whole.'),
  },
  build(weights, { rank, layer, strength, others }, context) {
    const chosen = new Set(projectable(weights, rank, layer));
    const parameters: Parameter[] = [];
    const tensors = new Map<string, Tensor>();
    for (const weight of weights) {
      if (!chosen.has(weight) && !others) continue;
      const made = chosen.has(weight) ? projector(weight, rank, strength, context) : asItIs(weight);
      parameters.push(...made.parameters);
      tensors.set(weight.name, made.tensor);
    }
    return { tensors, parameters };
  },
});

/** The weights that are projected; refuses a place that there is not, and a rank that they have not. */
function projectable(weights: readonly Weight[], rank: number, layer: number): readonly Weight[] {
  const dense = weights.filter(({ shape }) => shape.length === 2);
  if (dense.length === 0)
    throw new InputError(ID, 'no weight of the model has two axes; there is nothing to project.');
  if (layer >= dense.length)
    throw new OptionError(
      ID,
      'layer',
      `at most ${dense.length - 1}, the last of the weights of two axes`,
      layer,
    );
  const saves = ({ shape: [m, k] }: Weight) => rank <= Math.min(m, k) && rank * (m + k) < m * k;
  const chosen = layer < 0 ? dense.filter(saves) : [dense[layer]];
  const most = Math.max(...chosen.map(({ shape }) => Math.min(...shape)));
  if (chosen.length === 0)
    throw new OptionError(
      ID,
      'rank',
      'r with r·(m + k) < m·k for some weight m × k, or a layer by its number',
      rank,
    );
  if (rank > most)
    throw new OptionError(ID, 'rank', `at most ${most}, a full rank of ${chosen[0].name}`, rank);
  return chosen;
}

function projector(
  { name, shape: [m, k], start }: Weight,
  rank: number,
  strength: number,
  { numbers }: BuildContext,
) {
  const { u, s, v } = svd(matrix(start.data, m, k));
  const kept = s.subarray(0, rank);
  const own = Math.sqrt(kept.reduce((sum, x) => sum + x * x, 0) / rank) || 1;
  const sides = [
    { part: 'left', d: m, vectors: u },
    { part: 'right', d: k, vectors: v },
  ] as const;
  const starts = sides.map(({ vectors }) => reflectorsOf(leading(vectors, rank)));
  const [left, right] = sides.map(({ part, d }, side) => {
    const data = numbers(rank * d);
    data.set(starts[side].vectors.data);
    const own = parameter(`${name}.${ID}.${part}`, data, [rank, d]);
    return { own, d };
  });
  /** Rows i of the identity, times numbers; through the reflections they become the columns of a frame. */
  const frame = ({ own, d }: typeof left, factor: (i: number) => number) => {
    const first = numbers(rank * d);
    for (let i = 0; i < rank; i++) first[i * d + i] = factor(i);
    return reflected(constant(first, [rank, d]), own, { transposed: true });
  };
  const signs = (i: number) => starts[0].signs[i] * starts[1].signs[i] * (strength || own);
  const tensor = matmul(transpose(frame(left, () => 1)), frame(right, signs));
  return { tensor, parameters: [left.own, right.own] };
}

/** The first columns of a matrix. */
function leading(
  { data, rows, cols }: { data: Float64Array; rows: number; cols: number },
  r: number,
) {
  const first = new Float64Array(rows * r);
  for (let i = 0; i < rows; i++) first.set(data.subarray(i * cols, i * cols + r), i * r);
  return matrix(first, rows, r);
}

function asItIs({ name, shape, start }: Weight) {
  const whole = parameter(`${name}.${ID}.whole`, start.data.slice(), shape);
  return { tensor: whole, parameters: [whole] };
}
