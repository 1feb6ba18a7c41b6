import { embedding, numbers, type Parameter, parameter } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineTable } from './define.ts';
import { digitsOf } from './support/mixed-radix.ts';
import { fillNormal } from './support/own-rows.ts';
import { rowProducts } from './support/row-products.ts';
import { coreBytes, type Train, trainOf } from './support/tensor-train-shape.ts';
import { tooFewBytes } from './support/too-few-bytes.ts';
import type { NetworkContext } from './types.ts';

const ID = 'tensor-train';

/**
 * The table of a field as a chain of three small cores: the vector of an id is a product of three small matrices, which
 * it shares with other ids.
 *
 *     y = A[i]·B[j]·C[k],   id = i + n₁·(j + n₂·k)
 *     A of n₁ × (d₁·r₁), B of n₂ × (r₁·d₂·r₂), C of n₃ × (r₂·d₃);   n₁·n₂·n₃ ≥ ids, d₁·d₂·d₃ = dim
 *     bytes 4·Σ_f (n₁·d₁·r₁ + n₂·r₁·d₂·r₂ + n₃·r₂·d₃)
 *
 * n₁, n₂ and n₃ are about the cube root of the ids, d₁, d₂ and d₃ factors of dim that are as near to one another as there are. All
 * fields have the largest rank r that fits the budget, r₁ = min(r, n₁·d₁) and r₂ = min(r, n₃·d₃). The product of normal
 * cores has the deviation asked for (TT-Rec draws them from a normal law without its middle).
 *
 * @remarks For the smallest budgets: a rank of 1 needs a few hundred numbers for a million ids. A lookup costs
 * about dim·r² multiplications, so that a large budget makes it slow; take `quotient-remainder` there. A dim that is a power of 2 has
 * good factors, a prime number none.
 * @example
 * import { tensorTrain } from 'tammes/tables';
 *
 * const table = await tensorTrain({ fields: [{ name: 'item', size: 1000 }] }, { dim: 8, budget: 0.1 });
 * console.log(table.facts.rank, table.bytes); // 5 2800
 * @function
 */
export const tensorTrain = /* @__PURE__ */ defineTable({
  id: ID,
  title: 'Tensor train',
  summary: 'Each vector is a product of three small matrices that ids share.',
  references: [
    cite(sources.ttRec, 'section 3, tensor-train compression of embedding tables'),
    cite(
      papers.learnableVectorStorageCompression,
      'TT-Rec in the benchmark: three cores, one rank',
    ),
  ],
  options: {},
  plan(fields, { dim }, { bytes }) {
    const sizes = fields.map(({ size }) => size);
    const bytesAt = (rank: number) =>
      sizes.reduce((sum, size) => sum + coreBytes(trainOf(size, dim, rank)), 0);
    if (bytesAt(1) > bytes) throw tooFewBytes(ID, { least: bytesAt(1), bytes });
    let rank = 1;
    while (bytesAt(rank + 1) > bytesAt(rank) && bytesAt(rank + 1) <= bytes) rank++;
    return { rank };
  },
  build({ rank }, context) {
    const trains = context.fields.map(({ name, size }) =>
      coresOf(name, trainOf(size, context.dim, rank), context),
    );
    return {
      parameters: trains.flatMap(({ cores }) => cores),
      lookup(field, ids) {
        const { cores, train } = trains[field];
        const { places, widths, ranks } = train;
        const [a, b, c] = digitsOf(ids, places).map((digits, k) => embedding(cores[k], digits));
        const [d1, d2, d3] = widths;
        const [r1, r2] = ranks;
        const left = rowProducts(a, b, [d1, r1, d2 * r2]);
        return rowProducts(left, c, [d1 * d2, r2, d3]);
      },
    };
  },
  facts: ({ rank }) => ({ rank }),
});

interface Cores {
  readonly train: Train;
  readonly cores: readonly Parameter[];
}

function coresOf(name: string, train: Train, context: NetworkContext): Cores {
  const { deviation, random, like } = context;
  const [r1, r2] = train.ranks;
  // The product sums r₁·r₂ products of three numbers.
  const each = Math.cbrt(deviation / Math.sqrt(r1 * r2));
  const cores = train.shapes.map(([rows, cols], k) => {
    const own = `${name}.core-${k + 1}`;
    const data = numbers(rows * cols, like instanceof Float64Array);
    fillNormal(data, each, random.fork(own));
    return parameter(own, data, [rows, cols]);
  });
  return { train, cores };
}
