import { InputError, OptionError } from '../../core/errors.ts';
import { type Floats, zeros } from '../../core/matrix.ts';
import { concat, embedding, numbers } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer } from '../../method/options.ts';
import { defineTable } from './define.ts';
import { rowsOf } from './support/own-rows.ts';
import { bitsFor, packedBits, unpackBits } from './support/packed-bits.ts';
import {
  type CodeOf,
  clusterCodes,
  fillWithMeans,
  hashCodes,
  radixCodes,
  startOf,
} from './support/pieces.ts';
import { arrayIn } from './support/snapshot.ts';
import { tooFewBytes } from './support/too-few-bytes.ts';
import type { Field } from './types.ts';

const ID = 'subspace';
const ASSIGNMENTS = ['radix', 'hash', 'cluster'] as const;
type Assignment = (typeof ASSIGNMENTS)[number];

/**
 * Vectors put together of pieces: each part of the columns has a short table of its own.
 *
 *     y = (T₁[c₁(id)], …, T_f[c_f(id)]),   T_j of N × dim/f;   bytes 4·dim·N, by clusters and size·f·⌈log₂ N⌉/8
 *
 * Nᶠ vectors differ. `radix`: c_j = ⌊id/rʲ⌋ mod N, no two ids alike where Nᶠ ≥ size; `hash`: a hash for each part;
 * `cluster`: k-means of each part of the vectors that are known of the ids (`fields[i].vectors`), so that ids that are
 * alike share pieces; its codes are stored, ⌈log₂ N⌉ bits each. Where known vectors have `dim` columns, pieces begin as the
 * means of the parts that share them, whatever the assignment, scaled to the deviation. Fields get rows in proportion to
 * their ids. Widths of parts differ by one where f does not divide dim.
 *
 * @remarks By clusters where vectors are known and are to be trained further in less memory; that is product quantization
 * whose centroids learn. Codes take bytes and leave fewer pieces, and ids that are alike cannot be told apart: in a classifier
 * of texts with 1 % of the bytes digits lost 11 points and clusters 21. Without known vectors `quotient-remainder` tells ids
 * apart as well, and adds or multiplies whole rows.
 * @example
 * import { subspace } from 'tammes/tables';
 *
 * const table = await subspace({ fields: [{ name: 'word', size: 1000 }] }, { dim: 8, parts: 2, budget: 0.05 });
 * console.log(table.bytes, table.facts['pieces']); // 1600 50
 * @function
 */
export const subspace = /* @__PURE__ */ defineTable({
  id: ID,
  title: 'Subspace embedding',
  summary: 'Vectors put together of pieces from short tables, one for each part of the columns.',
  references: [
    cite(
      papers.lightweightAdaptationSubspaceEmbedding,
      'section 3, arbitrary and cluster-based assignment',
    ),
  ],
  deviations: [
    'The paper takes the remainder of ids by N for each digit; here strides are shorter where N is larger than the root of the number of ids, so that no piece is idle.',
    'Clusters are found part by part; the paper’s clusters within clusters are not here.',
  ],
  options: {
    parts: integer(4, 'Parts of the columns, each with a table of its own.', {
      min: 1,
      symbol: 'f',
    }),
    assign: choice(
      ASSIGNMENTS,
      'radix',
      'How ids get pieces: by their digits, by hashes, or by clusters of known vectors.',
    ),
  },
  plan(fields, { dim, parts, assign }, { bytes }) {
    if (parts > dim) throw new OptionError(ID, 'parts', `at most ${dim}, the columns (dim)`, parts);
    if (assign === 'cluster') fields.forEach(requireVectors(parts));
    return { parts, assign, pieces: mostPieces(fields, { dim, parts, assign, bytes }) };
  },
  build({ parts, assign, pieces }, context) {
    const { fields, dim, deviation, seed, like } = context;
    const widths = Array.from(
      { length: parts },
      (_, part) => startOf(part + 1, parts, dim) - startOf(part, parts, dim),
    );
    const tables = fields.map(({ name }, f) =>
      widths.map((width, part) =>
        rowsOf(`${name}.pieces.${part}`, [pieces[f], width], deviation, context),
      ),
    );
    const parameters = tables.flat();
    const stored: Record<string, Floats> = Object.fromEntries(
      assign === 'cluster'
        ? fields.map(({ name, size }) => [
            name,
            numbers(size * parts, like instanceof Float64Array),
          ])
        : [],
    );
    const codes = fields.map(({ name, size }, f) =>
      codesOf(assign, { name, size, pieces: pieces[f], parts, seed }, stored[name]),
    );
    const lookup = (f: number, ids: ArrayLike<number>) =>
      concat(
        ...tables[f].map((table, part) =>
          embedding(
            table,
            Int32Array.from(ids, (id) => codes[f](id, part)),
          ),
        ),
      );
    if (assign !== 'cluster') return { parameters, lookup };
    return {
      parameters,
      lookup,
      also: { codes: stored },
      pack: () => [
        ...parameters.map(({ name, shape, data }) => ({ name, shape, data })),
        ...fields.map(({ name }, f) => {
          const data = packedBits(stored[name], bitsFor(pieces[f]));
          return { name: `${name}.codes`, shape: [data.length], data };
        }),
      ],
      unpack(arrays) {
        for (const { name, data } of parameters)
          data.set(arrayIn(ID, arrays, name, data.length) as Floats);
        fields.forEach(({ name, size }, f) => {
          const bits = bitsFor(pieces[f]);
          const length = Math.ceil((size * parts * bits) / 8);
          unpackBits(arrayIn(ID, arrays, `${name}.codes`, length), bits, stored[name]);
        });
      },
    };
  },
  async start(network, fields, { dim, parts, assign, deviation, seed }, { random, run }) {
    for (const [f, { name, size, vectors }] of fields.entries()) {
      if (!vectors) continue;
      const tables = network.parameters.slice(f * parts, (f + 1) * parts);
      const pieces = tables[0].shape[0];
      const stored = network.also?.['codes'][name];
      if (stored) {
        const engine = await run.engineFor(zeros(1, 1));
        const context = { parts, pieces, engine, random: random.fork(name), signal: run.signal };
        stored.set(await clusterCodes(vectors, context));
      }
      if (vectors.cols !== dim) continue;
      const codes = codesOf(assign, { name, size, pieces, parts, seed }, stored);
      fillWithMeans(
        tables.map(({ data }) => data),
        vectors,
        codes,
        deviation,
      );
    }
  },
  facts: ({ parts, pieces }) => ({ parts, pieces: pieces.reduce((a, b) => a + b, 0) }),
});

function requireVectors(parts: number) {
  return ({ name, vectors }: Field): void => {
    if (!vectors)
      throw new InputError(
        ID,
        `known vectors of the field "${name}" are needed for clusters; assign "radix" or "hash" needs none.`,
      );
    if (vectors.cols < parts)
      throw new OptionError(
        ID,
        'parts',
        `at most ${vectors.cols}, the columns of the known vectors of the field "${name}"`,
        parts,
      );
  };
}

interface Budget {
  readonly dim: number;
  readonly parts: number;
  readonly assign: Assignment;
  readonly bytes: number;
}

/** Pieces of each field, in proportion to its ids, as many as fit. */
function mostPieces(
  fields: readonly Pick<Field, 'size'>[],
  { dim, parts, assign, bytes }: Budget,
): readonly number[] {
  const longest = Math.max(...fields.map(({ size }) => size));
  const given = (most: number) =>
    fields.map(({ size }) => Math.max(1, Math.floor((most * size) / longest)));
  const bytesOf = (pieces: readonly number[]) =>
    pieces.reduce((sum, own, f) => {
      const bits = assign === 'cluster' ? bitsFor(own) : 0;
      return sum + 4 * dim * own + Math.ceil((fields[f].size * parts * bits) / 8);
    }, 0);
  const least = bytesOf(given(1));
  if (least > bytes) throw tooFewBytes(ID, { least, bytes });
  let [low, high] = [1, longest + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (bytesOf(given(middle)) <= bytes) low = middle;
    else high = middle;
  }
  return given(low);
}

interface Coded {
  readonly name: string;
  readonly size: number;
  readonly pieces: number;
  readonly parts: number;
  readonly seed: number;
}

function codesOf(
  assign: Assignment,
  { name, size, pieces, parts, seed }: Coded,
  stored: Floats | undefined,
): CodeOf {
  if (stored) return (id, part) => stored[id * parts + part];
  return assign === 'hash' ? hashCodes(name, pieces, parts, seed) : radixCodes(size, pieces, parts);
}
