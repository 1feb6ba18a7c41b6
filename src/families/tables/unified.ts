import { hashedPlace } from '../../core/id-hash.ts';
import {
  concat,
  constant,
  embedding,
  numbers,
  reshape,
  sliceColumns,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer } from '../../method/options.ts';
import { defineTable } from './define.ts';
import { rowsOf } from './support/own-rows.ts';
import { tooFewBytes } from './support/too-few-bytes.ts';

/**
 * One table for all fields: an id is made of rows that a hash of its field and of each piece finds.
 *
 *     y = [E[h_f1(id)], …, E[h_fc(id)], 0],   c = c_f pieces of ⌈dim/chunks⌉ columns;   bytes 4·⌈dim/chunks⌉·m
 *
 * E has m rows, as many as fit. `widths: equal` gives every field c_f = `chunks` pieces, `by-size` as many as its ids are to
 * those of the largest field, one at least; columns without a piece are 0. Ids of one field that share a piece mostly
 * differ in another. Ids of two fields that share a row can be told apart by what comes after the table: where it reads
 * each field by weights of its own, these turn away from one another.
 *
 * @remarks Many fields of unlike sizes and one budget, with nothing to set by field. It wants weights for each field: behind a
 * `mlp` or `deep-fm`. Where each id must have a vector of its own take `quotient-remainder`.
 * @example
 * import { unified } from 'tammes/tables';
 *
 * const fields = [{ name: 'user', size: 3000 }, { name: 'item', size: 1000 }];
 * const table = await unified({ fields }, { dim: 8, chunks: 4, budget: 0.1 });
 * console.log(table.facts.rows, table.bytes); // 1600 12800
 * @function
 */
export const unified = /* @__PURE__ */ defineTable({
  id: 'unified',
  title: 'One table for all fields',
  summary: 'Ids of all fields share the rows of one table, each by hashes of its own.',
  references: [cite(papers.unifiedEmbedding, 'section 4, feature multiplexing by hashes')],
  options: {
    chunks: integer(4, 'Pieces that a vector is made of, at most one a column.', { min: 1 }),
    widths: choice(['equal', 'by-size'], 'equal', 'Which fields have all pieces.'),
  },
  plan(fields, { dim, chunks, widths }, { bytes }) {
    const width = Math.ceil(dim / chunks);
    const most = Math.ceil(dim / width);
    const longest = Math.max(...fields.map(({ size }) => size));
    const pieces = fields.map(({ size }) =>
      widths === 'equal' ? most : Math.max(1, Math.round((most * size) / longest)),
    );
    const wanted = fields.reduce((sum, { size }, f) => sum + size * pieces[f], 0);
    const rows = Math.min(wanted, Math.floor(bytes / (4 * width)));
    if (rows < 1) throw tooFewBytes('unified', { least: 4 * width, bytes });
    return { rows, width, pieces };
  },
  build({ rows, width, pieces }, context) {
    const { fields, dim, deviation, random, like } = context;
    const table = rowsOf('rows', [rows, width], deviation, context);
    const salts = fields.map(({ name }, f) =>
      Array.from({ length: pieces[f] }, (_, c) => random.fork('salt').fork(name).fork(c).uint32()),
    );
    return {
      parameters: [table],
      lookup(field, ids) {
        const [n, own] = [ids.length, salts[field]];
        const places = new Int32Array(n * own.length);
        for (let i = 0; i < n; i++) {
          own.forEach((salt, c) => {
            places[i * own.length + c] = hashedPlace(ids[i], salt, rows);
          });
        }
        const given = own.length * width;
        const beside = reshape(embedding(table, places), [n, given]);
        if (given === dim) return beside;
        if (given > dim) return sliceColumns(beside, 0, dim);
        const rest = numbers(n * (dim - given), like instanceof Float64Array);
        return concat(beside, constant(rest, [n, dim - given]));
      },
    };
  },
  facts: ({ rows, width, pieces }, fields) => ({
    rows,
    width,
    /** Pieces that fall on a row, on the average. */
    load: fields.reduce((sum, { size }, f) => sum + size * pieces[f], 0) / rows,
  }),
});
