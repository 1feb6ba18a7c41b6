import { idHash } from '../../core/id-hash.ts';
import {
  constant,
  linear,
  multiply,
  normalization,
  numbers,
  type Parameter,
  parameter,
  softplus,
  type Tensor,
  tanh,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer } from '../../method/options.ts';
import { defineTable } from './define.ts';
import { fillNormal } from './support/own-rows.ts';
import { tooFewBytes } from './support/too-few-bytes.ts';
import type { NetworkContext } from './types.ts';

const ID = 'deep-hash';

/** √E[mish(z)²] of a normal z: what a hidden column is about after normalization. */
const MISH_SIZE = 0.6726;

/**
 * No rows at all: many hashes of an id are the input of a small network that all ids of all fields share.
 *
 *     u = 2·(h₁(f, id), …, h_K(f, id))/2³² − 1,   K hashes, evenly spread in −1 … 1
 *     y = W_L·z_L + b_L,   z_l = mish(norm(W_l·z_{l−1} + b_l)),   z_0 = u;   mish(x) = x·tanh(log(1 + eˣ))
 *     bytes 4·(h·K + 3·h + (L − 1)·(h² + 3·h) + dim·(h + 1))
 *
 * h, the width of the L hidden layers, is the largest that fits. norm is layer normalization with gain and bias; the
 * paper has that of batches, which would make the vector of an id depend on its neighbours. Hashes need no memory.
 *
 * @remarks Where the number of ids is not known or ever grows. What an id is told moves all others: it learns slower than rows,
 * and a lookup costs K·h + (L − 1)·h² + h·dim multiplications. In few epochs take `quotient-remainder`.
 * @example
 * import { deepHash } from 'tammes/tables';
 *
 * const table = await deepHash({ fields: [{ name: 'item', size: 1000 }] }, { dim: 8, budget: 0.25, hashes: 32 });
 * console.log(table.facts.width, table.facts.hashes); // 27 32
 * @function
 */
export const deepHash = /* @__PURE__ */ defineTable({
  id: ID,
  title: 'Deep hash embedding',
  summary: 'A network makes the vector of an id of many hashes of it; nothing is looked up.',
  references: [
    cite(sources.deepHashEmbedding, 'section 3, dense hash encoding and deep embedding network'),
    cite(sources.mishActivation, 'section 2'),
    cite(papers.learnableVectorStorageCompression, 'DHE in the benchmark: uniform encoding, Mish'),
  ],
  options: {
    hashes: integer(128, 'Hashes of an id; the paper has 1,024.', { min: 1, symbol: 'K' }),
    layers: integer(2, 'Hidden layers; the paper has 5.', { min: 1, symbol: 'L' }),
  },
  plan(_, { dim, hashes, layers }, { bytes }) {
    const bytesAt = (width: number) => networkBytes(width, { dim, hashes, layers });
    if (bytesAt(1) > bytes) throw tooFewBytes(ID, { least: bytesAt(1), bytes });
    let width = 1;
    while (bytesAt(width + 1) <= bytes) width++;
    return { hashes, layers, width };
  },
  build({ hashes, layers, width }, context) {
    const { fields, dim, deviation, random, like } = context;
    const float64 = like instanceof Float64Array;
    const hidden = Array.from({ length: layers }, (_, l) => {
      const name = `hidden-${l + 1}`;
      const inputs = l === 0 ? hashes : width;
      const own = weightsOf(name, [width, inputs], 1 / Math.sqrt(inputs), context);
      const norm = normalization({ name: `${name}.norm`, cols: width, float64 });
      return { ...own, norm };
    });
    const size = MISH_SIZE * Math.sqrt(width);
    const last = weightsOf('vectors', [dim, width], deviation / size, context);
    const salts = fields.map(({ name }) => {
      const stream = random.fork('salts').fork(name);
      return Array.from({ length: hashes }, () => stream.uint32());
    });
    return {
      parameters: [
        ...hidden.flatMap(({ weight, bias, norm }) => [weight, bias, ...norm.parameters]),
        ...[last.weight, last.bias],
      ],
      lookup(field, ids) {
        const input = constant(encoded(ids, salts[field], float64), [ids.length, hashes]);
        const top = hidden.reduce<Tensor>(
          (z, { weight, bias, norm }) => mish(norm(linear(z, weight, bias))),
          input,
        );
        return linear(top, last.weight, last.bias);
      },
    };
  },
  facts: ({ hashes, width }) => ({ hashes, width }),
});

interface Shape {
  readonly dim: number;
  readonly hashes: number;
  readonly layers: number;
}

/** Of weights, biases, and the gain and bias of each normalization. */
function networkBytes(width: number, { dim, hashes, layers }: Shape): number {
  const hidden = width * hashes + 3 * width + (layers - 1) * (width * width + 3 * width);
  return 4 * (hidden + dim * (width + 1));
}

function weightsOf(
  name: string,
  [outputs, inputs]: readonly [number, number],
  deviation: number,
  { random, like }: NetworkContext,
): { weight: Parameter; bias: Parameter } {
  const float64 = like instanceof Float64Array;
  const data = numbers(outputs * inputs, float64);
  fillNormal(data, deviation, random.fork(name));
  return {
    weight: parameter(`${name}.weight`, data, [outputs, inputs]),
    bias: parameter(`${name}.bias`, numbers(outputs, float64), [outputs]),
  };
}

/** Hashes of ids as numbers in −1 … 1, n × K. */
function encoded(ids: ArrayLike<number>, salts: readonly number[], float64: boolean) {
  const codes = numbers(ids.length * salts.length, float64);
  for (let i = 0, e = 0; i < ids.length; i++)
    for (const salt of salts) codes[e++] = idHash(ids[i], salt) / 2 ** 31 - 1;
  return codes;
}

function mish(x: Tensor): Tensor {
  return multiply(x, tanh(softplus(x)));
}
