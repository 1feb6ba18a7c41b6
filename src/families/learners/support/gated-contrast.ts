import { ShapeError } from '../../../core/errors.ts';
import type { Floats } from '../../../core/matrix.ts';
import {
  add,
  addRows,
  constant,
  exp,
  linear,
  log,
  logSumExp,
  multiply,
  normalizeRows,
  scale,
  softplus,
  square,
  sum,
  type Tensor,
  transpose,
} from '../../../learning/index.ts';

/** Added to the logit of what is no negative: e^−10000 is 0. */
const ABSENT = -1e4;
/** Under the root of a squared length. */
const TINY = 1e-8;

export interface GatedContrastFacts {
  /** The class of each row. */
  readonly classes: Int32Array;
  /** The class that each row's positives have. */
  readonly partners: Int32Array;
  readonly temperature: number;
}

/**
 * Contrast inside a subspace for each row: z n × k, gates n × k in (0, 1).
 *
 *     l_ij = cos(gᵢ∘zᵢ, gᵢ∘zⱼ)/τ
 *     loss = mean over i, j ∈ P(i) of log(e^{l_ij} + Σ_{k∈N(i)} e^{l_ik}) − l_ij
 *
 * P(i) are the rows of class partners_i, row i itself among them where it is of that class; N(i) those of neither that
 * class nor the row's own. 0 where no row has a positive.
 */
export function gatedContrast(z: Tensor, gates: Tensor, facts: GatedContrastFacts, like: Floats) {
  const { classes, partners, temperature } = facts;
  const n = z.shape[0];
  if (classes.length !== n || partners.length !== n)
    throw new ShapeError(
      'gatedContrast',
      `${n} classes and partners, one a row`,
      `${classes.length} and ${partners.length}`,
    );
  const logits = scale(gatedCosines(z, gates, like), 1 / temperature);
  // Row j, column i: what belongs to row i is then added to a column.
  const positives = filled(n, n, 0, like);
  const absent = filled(n, n, ABSENT, like);
  let count = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (classes[j] === partners[i]) {
        positives[j * n + i] = 1;
        count += 1;
      } else if (classes[j] !== classes[i]) absent[i * n + j] = 0;
    }
  }
  const negatives = logSumExp(add(logits, constant(absent, [n, n])));
  const gaps = addRows(scale(transpose(logits), -1), negatives);
  const losses = multiply(softplus(gaps), constant(positives, [n, n]));
  return scale(sum(losses), 1 / Math.max(1, count));
}

/** cos(gᵢ∘zᵢ, gᵢ∘zⱼ), n × n: both rows are gated by the gate of the first. */
export function gatedCosines(z: Tensor, gates: Tensor, like: Floats): Tensor {
  const n = z.shape[0];
  const own = normalizeRows(multiply(z, gates));
  const products = linear(multiply(own, gates), z);
  const squares = linear(square(gates), square(z));
  const lengths = add(squares, constant(filled(n, n, TINY, like), [n, n]));
  return multiply(products, exp(scale(log(lengths), -0.5)));
}

function filled(n: number, m: number, value: number, like: Floats): Floats {
  return new (like.constructor as new (length: number) => Floats)(n * m).fill(value);
}
