import { hashedPlace, idHash } from '../../core/id-hash.ts';
import { constant, embedding, multiply, numbers, reshape } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer } from '../../method/options.ts';
import { defineTable } from './define.ts';
import { rowsOf } from './support/own-rows.ts';
import { tooFewBytes } from './support/too-few-bytes.ts';

const ID = 'robe';

/**
 * One array of numbers for all ids of all fields, closed to a circle: a vector is read in chunks, each from a place that a
 * hash says, with signs that a hash says.
 *
 *     y_c = σ(f, id, c)·A[(h(f, id, ⌊c/Z⌋) + c mod Z) mod m],   h: → 0 … m − 1,   σ: → ±1;   bytes 4·m
 *
 * Z is `chunk`. Two ids share single numbers, not whole rows, and where they do their signs agree in half of the cases: what
 * one adds to the gradient of the other has mean 0.
 *
 * @remarks Where any number of bytes has to do and fields of every size share them. A longer chunk is read from fewer places
 * of the memory. Frequent ids share numbers with all others; compare with `quotient-remainder`, which keeps them apart.
 * @example
 * import { robe } from 'tammes/tables';
 *
 * const table = await robe({ fields: [{ name: 'item', size: 1000 }] }, { dim: 8, budget: 0.1 });
 * console.log(table.facts.numbers); // 800
 * @function
 */
export const robe = /* @__PURE__ */ defineTable({
  id: ID,
  title: 'Random offset block embedding',
  summary: 'Vectors are read in chunks, with signs, from hashed places of one circular array.',
  references: [
    cite(sources.randomOffsetBlockEmbedding, 'section 2, ROBE-Z'),
    cite(papers.learnableVectorStorageCompression, 'ROBE in the benchmark: Z = 1, signs'),
  ],
  options: {
    chunk: integer(1, 'Numbers that are read from one place, at most all columns.', {
      min: 1,
      symbol: 'Z',
    }),
  },
  plan(_, { dim, chunk }, { bytes }) {
    const least = 4 * dim;
    if (bytes < least) throw tooFewBytes(ID, { least, bytes });
    return { numbers: Math.floor(bytes / 4), chunk: Math.min(chunk, dim) };
  },
  build({ numbers: m, chunk }, context) {
    const { fields, dim, deviation, random, like } = context;
    const array = rowsOf('array', [m, 1], deviation, context);
    const salts = fields.map(({ name }) => saltsOf(random.fork(name), dim, chunk));
    return {
      parameters: [array],
      lookup(field, ids) {
        const n = ids.length;
        const places = new Int32Array(n * dim);
        const signs = numbers(n * dim, like instanceof Float64Array);
        const own = salts[field];
        for (let i = 0, e = 0; i < n; i++)
          for (let start = 0, c = 0; c < dim; c++, e++) {
            if (c % chunk === 0) start = hashedPlace(ids[i], own.places[c / chunk], m);
            places[e] = (start + (c % chunk)) % m;
            signs[e] = idHash(ids[i], own.signs[c]) & 1 ? 1 : -1;
          }
        const read = reshape(embedding(array, places), [n, dim]);
        return multiply(read, constant(signs, [n, dim]));
      },
    };
  },
  facts: (plan) => ({ numbers: plan.numbers }),
});

/** A salt for each chunk and for each column. */
function saltsOf(random: { uint32(): number }, dim: number, chunk: number) {
  const drawn = (length: number) => Array.from({ length }, () => random.uint32());
  return { places: drawn(Math.ceil(dim / chunk)), signs: drawn(dim) };
}
