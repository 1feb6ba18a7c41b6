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
 * The mean of several rows of one short table, each found by a hash of its own.
 *
 *     y = (1/hashes)·Σ_j E_f[h_fj(id)],   j = 1 … hashes,   E_f of m_f × dim;   bytes 4·dim·Σ m_f
 *
 * Rows are given to fields in proportion to their ids. Two ids have the same vector where all their rows are the same, about
 * hashes!/m^hashes of all pairs; most share one row with some, and have to be told apart by the others. A mean is a sum whose
 * rows are `hashes` times as long: a step of a row by its own length then moves a vector as far as in a table without hashes,
 * where a sum moves it `hashes` times as far (area under ROC 0.847 in place of 0.882 on the dependencies of packages).
 *
 * @remarks For words and other ids without a list, in a table of a size that is set beforehand. Nouns of German news, told by
 * form, prefix, suffix and shape: 91.9 % right with 500 rows for 9,595 forms, 91.4 % with one hash. What was never seen gets
 * a mean of rows that others moved; where a list is at hand, one row for all that is rare tells unseen words better (87.3 %
 * right against 80.2 % with 5,000 rows), and `quotient-remainder` gives each id a vector of its own for sure.
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
  summary: 'A vector is the mean of several rows of a short table, each by a hash of its own.',
  references: [cite(papers.multiHashEmbeddingsInSpacy, 'hash embeddings')],
  deviations: [
    'The mean of the rows in place of their sum: the same vectors, at steps of the usual length.',
  ],
  options: {
    hashes: integer(4, 'Rows whose mean is taken.', { min: 1, max: 64 }),
  },
  plan: (fields, { dim, hashes }, { bytes }) => ({
    hashes,
    rows: rowsByShare('multi-hash', fields, 4 * dim, bytes),
  }),
  build({ hashes, rows }, context) {
    const { fields, dim, deviation, random } = context;
    const tables = fields.map(({ name }, f) =>
      rowsOf(`${name}.rows`, [rows[f], dim], deviation * Math.sqrt(hashes), context),
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
        return embeddingBag(tables[field], places, ends, { mode: 'mean' });
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
