import {
  add,
  concat,
  constant,
  dense,
  matmul,
  mlp,
  numbers,
  type Parameter,
  scale,
  square,
  subtract,
  type Tensor,
} from '../../../../learning/index.ts';

export const INTERACTIONS = ['fm', 'mlp', 'deep-fm'] as const;

export interface ClickModelSettings {
  readonly interactions: (typeof INTERACTIONS)[number];
  /** How many fields. */
  readonly fields: number;
  readonly dim: number;
  readonly hidden: number;
  readonly seed: number;
  /** Before the names of its parameters, where there are several models. */
  readonly prefix?: string;
}

export interface ClickModel {
  readonly parameters: readonly Parameter[];
  /** Vectors of the fields, n × dim each → logits, n × 1. */
  readonly logits: (vectors: readonly Tensor[]) => Tensor;
}

/**
 * What fields say together: with all their vectors beside one another as x, n × F·dim,
 *
 *     fm        z = ⟨w, x⟩ + b + Σ_{f<g} ⟨e_f, e_g⟩
 *     mlp       z = W₂·relu(W₁·x + b₁) + b₂
 *     deep-fm   the sum of both
 */
export function clickModel(
  { interactions, fields, dim, hidden, seed, prefix = '' }: ClickModelSettings,
  float64: boolean,
): ClickModel {
  const context = { seed, float64 };
  const inputs = fields * dim;
  const linear =
    interactions === 'mlp'
      ? undefined
      : dense({ ...context, name: `${prefix}linear`, inputs, outputs: 1 });
  const deep =
    interactions === 'fm'
      ? undefined
      : mlp({ ...context, name: `${prefix}mlp`, sizes: [inputs, hidden, 1] });
  const ones = constant(numbers(dim, float64).fill(1), [dim, 1]);
  return {
    parameters: [...(linear?.parameters ?? []), ...(deep?.parameters ?? [])],
    logits(vectors) {
      const beside = concat(...vectors);
      const parts: Tensor[] = [];
      if (linear) parts.push(linear(beside), matmul(pairProducts(vectors), ones));
      if (deep) parts.push(deep(beside));
      return parts.reduce((a, b) => add(a, b));
    },
  };
}

/** Σ_{f<g} e_f ∘ e_g = ((Σ e_f)² − Σ e_f²)/2, column by column. */
function pairProducts(vectors: readonly Tensor[]): Tensor {
  const sum = vectors.reduce((a, b) => add(a, b));
  const squares = vectors.map(square).reduce((a, b) => add(a, b));
  return scale(subtract(square(sum), squares), 0.5);
}
