import { hashedPlace } from '../../core/id-hash.ts';
import { embedding } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineTable } from './define.ts';
import { rowsOf } from './support/own-rows.ts';
import { rowsByShare } from './support/rows-by-share.ts';

/**
 * The hashing trick: ids share rows by chance.
 *
 *     y = E_f[h_f(id)],   h_f: ids → 0 … m_f − 1 a hash;   bytes 4·dim·Σ m_f
 *
 * Rows are given to fields in proportion to their ids.
 *
 * @remarks The baseline that needs no list of ids. Ids that fall on one row cannot be told apart: with m rows an id
 * shares its row with about n/m − 1 others. `quotient-remainder` tells all apart for the same bytes.
 * @example
 * import { hash } from 'tammes/tables';
 *
 * const table = await hash({ fields: [{ name: 'item', size: 1000 }] }, { dim: 8, budget: 0.1 });
 * console.log(table.bytes); // 3200
 * @function
 */
export const hash = /* @__PURE__ */ defineTable({
  id: 'hash',
  title: 'Hashing trick',
  summary: 'Ids share the rows of a shorter table by a hash.',
  references: [
    cite(sources.featureHashing, 'section 2'),
    cite(papers.compositionalEmbeddingsQr, 'section 1, hashing trick'),
  ],
  options: {},
  plan: (fields, { dim }, { bytes }) => ({ rows: rowsByShare('hash', fields, 4 * dim, bytes) }),
  build({ rows }, context) {
    const { fields, dim, deviation, random } = context;
    const tables = fields.map(({ name }, f) =>
      rowsOf(`${name}.rows`, [rows[f], dim], deviation, context),
    );
    const salts = fields.map(({ name }) => random.fork('salt').fork(name).uint32());
    return {
      parameters: tables,
      lookup: (field, ids) =>
        embedding(
          tables[field],
          Int32Array.from(ids, (id) => hashedPlace(id, salts[field], rows[field])),
        ),
    };
  },
  facts: ({ rows }) => ({ rows: rows.reduce((a, b) => a + b, 0) }),
});
