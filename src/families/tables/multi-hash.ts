import { hashedPlace } from '../../core/id-hash.ts';
import { embeddingBag } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer } from '../../method/options.ts';
import { defineTable } from './define.ts';
import { rowsOf } from './support/own-rows.ts';
import { rowsByShare } from './support/rows-by-share.ts';
import { sameRowsProbability } from './support/same-rows.ts';

/**
 * The sum of several rows of one short table, each found by a hash of its own.
 *
 *     y = Σ_j E_f[h_fj(id)],   j = 1 … hashes,   E_f of m_f × dim;   bytes 4·dim·Σ m_f
 *
 * Rows are given to fields in proportion to their ids. Two ids have the same vector where all their rows are the same, about
 * hashes!/m^hashes of all pairs; most share one row with some, and have to be told apart by the others.
 *
 * @remarks For words and other ids without a list: what was never seen has a vector too, of rows that others moved. With
 * one hash it is `hash`. Where the ids are known, `quotient-remainder` gives each a vector of its own for sure.
 * @example
 * import { multiHash } from 'tammes/tables';
 *
 * const fields = [{ name: 'word', size: 10_000 }];
 * const table = await multiHash({ fields }, { dim: 8, budget: 0.05 });
 * console.log(table.facts.rows, table.facts.alike.toFixed(3)); // 500 0.019
 * @function
 */
export const multiHash = /* @__PURE__ */ defineTable({
  id: 'multi-hash',
  title: 'Several hashes',
  summary: 'A vector is the sum of several rows of a short table, each by a hash of its own.',
  references: [cite(papers.multiHashEmbeddingsInSpacy, 'section 3, hash embeddings')],
  options: {
    hashes: integer(4, 'Rows that are added up.', { min: 1, max: 64 }),
  },
  plan: (fields, { dim, hashes }, { bytes }) => ({
    hashes,
    rows: rowsByShare('multi-hash', fields, 4 * dim, bytes),
  }),
  build({ hashes, rows }, context) {
    const { fields, dim, deviation, random } = context;
    const tables = fields.map(({ name }, f) =>
      rowsOf(`${name}.rows`, [rows[f], dim], deviation / Math.sqrt(hashes), context),
    );
    const salts = fields.map(({ name }) =>
      Array.from({ length: hashes }, (_, j) => random.fork('salt').fork(name).fork(j).uint32()),
    );
    return {
      parameters: tables,
      lookup(field, ids) {
        const places = new Int32Array(ids.length * hashes);
        for (let i = 0; i < ids.length; i++) {
          for (let j = 0; j < hashes; j++)
            places[i * hashes + j] = hashedPlace(ids[i], salts[field][j], rows[field]);
        }
        const ends = Int32Array.from({ length: ids.length + 1 }, (_, i) => i * hashes);
        return embeddingBag(tables[field], places, ends, { mode: 'sum' });
      },
    };
  },
  facts: ({ hashes, rows }, fields) => ({
    rows: rows.reduce((a, b) => a + b, 0),
    /** Pairs of ids of one field with the same rows, expected. */
    alike: fields.reduce(
      (sum, { size }, f) => sum + ((size * (size - 1)) / 2) * sameRowsProbability(hashes, rows[f]),
      0,
    ),
  }),
});
