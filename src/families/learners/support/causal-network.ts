import {
  addRows,
  embedding,
  embeddingTable,
  linear,
  normalization,
  type Parameter,
  scale,
  type Tensor,
  transformerBlock,
} from '../../../learning/index.ts';
import { sphere } from '../../../manifolds/index.ts';
import type { Network } from '../types.ts';

export type CausalSettings = {
  readonly tokens: readonly string[];
  readonly dim: number;
  readonly blocks: number;
  readonly heads: number;
  readonly context: number;
  readonly table: 'euclidean' | 'spherical';
  readonly scale: number;
  readonly seed: number;
};

/** A causal transformer whose table reads tokens and names the next one. */
export interface CausalNetwork extends Network {
  /** A vector for each token. */
  readonly table: Parameter;
  /** The states behind the last block, windows × context × dim, of as many tokens in windows of `context`. */
  readonly states: (tokens: ArrayLike<number>) => Tensor;
  /** A number for each token of the vocabulary, that it comes next. */
  readonly logits: (states: Tensor) => Tensor;
}

export function causalNetwork(
  { tokens, dim, blocks, heads, context, table: kind, scale: factor, seed }: CausalSettings,
  { float64 }: { readonly float64: boolean },
): CausalNetwork {
  const own = { seed, float64 };
  const isSpherical = kind === 'spherical';
  const lookup = embeddingTable({
    ...own,
    name: 'tokens',
    rows: tokens.length,
    cols: dim,
    manifold: isSpherical ? sphere : undefined,
  });
  const [table] = lookup.parameters;
  const places = embeddingTable({ ...own, name: 'places', rows: context, cols: dim });
  const stack = Array.from({ length: blocks }, (_, i) =>
    transformerBlock({ ...own, name: `block.${i}`, cols: dim, heads, causal: true }),
  );
  const last = normalization({ ...own, name: 'norm', cols: dim });
  return {
    table,
    parameters: [
      table,
      ...places.parameters,
      ...stack.flatMap((b) => b.parameters),
      ...last.parameters,
    ],
    states(ids) {
      const windows = ids.length / context;
      const read = embedding(table, ids, [windows, context]);
      return last(stack.reduce((x, block) => block(x), addRows(read, places.parameters[0])));
    },
    logits: (states) => scale(linear(states, table), factor),
  };
}
