import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { defineTable } from './define.ts';
import { ownRows } from './support/own-rows.ts';
import { tooFewBytes } from './support/too-few-bytes.ts';

/**
 * A row for every id: what all other tables are compared with.
 *
 *     y = E_f[id],   E_f of size_f × dim;   bytes 4·dim·Σ size_f
 *
 * @remarks Where memory does not matter. Needs the whole budget, 1; with less take `hash`, `quotient-remainder` or
 * `mixed-dimension`.
 * @example
 * import { full } from 'tammes/tables';
 *
 * const table = await full({ fields: [{ name: 'item', size: 1000 }] }, { dim: 8 });
 * console.log(table.bytes); // 32000
 * @function
 */
export const full = /* @__PURE__ */ defineTable({
  id: 'full',
  title: 'A row for every id',
  summary: 'One vector for each id of each field, without compression.',
  references: [
    cite(papers.learnableVectorStorageCompression, 'section 2.1, uncompressed embedding table'),
  ],
  options: {},
  plan(fields, { dim }, { bytes }) {
    const least = 4 * dim * fields.reduce((sum, { size }) => sum + size, 0);
    if (bytes < least) throw tooFewBytes('full', { least, bytes });
    return {};
  },
  build: (_, context) => ownRows(context),
});
