import { OptionError } from '../../core/errors.ts';
import { add } from '../operations/add.ts';
import { attention } from '../operations/attention.ts';
import { gelu } from '../operations/gelu.ts';
import type { Parameter } from '../tape/parameter.ts';
import type { Tensor } from '../tape/tensor.ts';
import { dense } from './dense.ts';
import type { LayerOptions } from './initial.ts';
import { mlp } from './mlp.ts';
import { normalization } from './normalization.ts';

export interface TransformerBlockOptions extends LayerOptions {
  /** Columns of the rows. */
  readonly cols: number;
  /** Parts of the columns that attend each on their own; default 1. */
  readonly heads?: number | undefined;
  /** Columns between the two layers of the gelu part; default 4·cols. */
  readonly hidden?: number | undefined;
  /** Whether a place sees only itself and what stands before it; default false. */
  readonly causal?: boolean | undefined;
}

/** How many rows each sequence has: those behind are padding that no row sees. Default: all. */
type Lengths = ArrayLike<number>;

export type TransformerBlock = ((x: Tensor, lengths?: Lengths) => Tensor) & {
  readonly parameters: readonly Parameter[];
};

/**
 * A transformer block that normalizes first, over sequences x … × t × cols:
 *
 *     y = x + O·attention(Q·n₁, K·n₁, V·n₁),   n₁ = layerNorm(x)
 *     z = y + W₂·gelu(W₁·n₂ + b₁) + b₂,        n₂ = layerNorm(y)
 *
 * Its parameters are `NAME.attention.{norm, query, key, value, output}` and `NAME.mlp.{norm, 0, 1}`.
 */
export function transformerBlock({
  name,
  cols,
  heads = 1,
  hidden = 4 * cols,
  causal = false,
  ...rest
}: TransformerBlockOptions): TransformerBlock {
  if (!Number.isInteger(heads) || heads < 1 || cols % heads !== 0)
    throw new OptionError(
      'transformerBlock',
      'heads',
      `a whole number that divides ${cols} columns`,
      heads,
    );
  const own = `${name}.attention`;
  const square = (part: string) =>
    dense({ ...rest, name: `${own}.${part}`, inputs: cols, outputs: cols });
  const [query, key, value, output] = ['query', 'key', 'value', 'output'].map(square);
  const seen = normalization({ ...rest, name: `${own}.norm`, cols });
  const between = normalization({ ...rest, name: `${name}.mlp.norm`, cols });
  const thought = mlp({
    ...rest,
    name: `${name}.mlp`,
    sizes: [cols, hidden, cols],
    activation: gelu,
  });
  const parts = [seen, query, key, value, output, between, thought];
  const apply = (x: Tensor, lengths?: Lengths): Tensor => {
    const n = seen(x);
    const how = { heads, causal, ...(lengths && { lengths }) };
    const y = add(x, output(attention(query(n), key(n), value(n), how)));
    return add(y, thought(between(y)));
  };
  return Object.assign(apply, { parameters: parts.flatMap(({ parameters }) => parameters) });
}
