import { exp, log } from '../../../../core/numeric.ts';
import type { Random } from '../../../../core/random.ts';
import {
  add,
  concat,
  constant,
  dense,
  embeddingTable,
  numbers,
  operation,
  type Parameter,
  scale,
  sigmoid,
  type Tensor,
} from '../../../../learning/index.ts';

export interface GateSettings {
  readonly names: readonly string[];
  /** Ids of each field. */
  readonly sizes: readonly number[];
  /** Columns of the vectors that are gated. */
  readonly dim: number;
  /** Columns of the gates' own vectors. */
  readonly gateDim: number;
  readonly seed: number;
}

export interface InstanceGates {
  readonly parameters: readonly Parameter[];
  /** a = W·x + b, n × F·dim, x the gates' own vectors of all fields beside one another; ids field by field. */
  readonly logits: (ids: readonly ArrayLike<number>[]) => Tensor;
  /** σ(a) of one example, outside of the tape. */
  readonly openness: (ids: readonly number[]) => Float64Array;
}

/** How likely each column of each field is wanted for an example, by its ids. */
export function instanceGates(
  { names, sizes, dim, gateDim, seed }: GateSettings,
  float64: boolean,
): InstanceGates {
  const context = { seed, float64 };
  const tables = sizes.map((rows, field) => {
    const name = `gates.${names[field]}`;
    return embeddingTable({ ...context, name, rows, cols: gateDim, deviation: 0.3, byRows: true });
  });
  const [inputs, outputs] = [gateDim * sizes.length, dim * sizes.length];
  const net = dense({ ...context, name: 'gates', inputs, outputs });
  const [weight, bias] = net.parameters;
  return {
    parameters: [...tables.flatMap(({ parameters }) => parameters), ...net.parameters],
    logits: (ids) => net(concat(...tables.map((table, field) => table(ids[field])))),
    openness(ids) {
      const x = tables.flatMap(({ parameters: [{ data }] }, field) => [
        ...data.subarray(ids[field] * gateDim, (ids[field] + 1) * gateDim),
      ]);
      return Float64Array.from(bias.data, (shift, j) => {
        let a = shift;
        for (let c = 0; c < inputs; c++) a += weight.data[j * inputs + c] * x[c];
        return 1 / (1 + exp(-a));
      });
    },
  };
}

/**
 * Gates that are drawn, 1 with the probability σ(a): 1[s > 1/2], s = σ((a + log u − log(1 − u))/τ), u uniform. Backwards
 * they are s (binary concrete, straight through).
 */
export function drawnGates(
  logits: Tensor,
  {
    temperature,
    random,
    float64,
  }: { readonly temperature: number; readonly random: Random; readonly float64: boolean },
): Tensor {
  const [n, columns] = logits.shape;
  const noise = numbers(n * columns, float64);
  for (let e = 0; e < noise.length; e++) {
    const u = Math.min(1 - 2 ** -53, Math.max(2 ** -53, random.uniform()));
    noise[e] = log(u / (1 - u));
  }
  return opened(sigmoid(scale(add(logits, constant(noise, logits.shape)), 1 / temperature)));
}

/** 1[s > 1/2], with the gradient of s. */
function opened(s: Tensor): Tensor {
  return operation('opened', [s], s.shape, {
    forward({ inputs: [x], out }) {
      for (let e = 0; e < out.length; e++) out[e] = x[e] > 0.5 ? 1 : 0;
    },
    backward: ({ gradient, to: [toS] }) => toS?.set(gradient),
  });
}
