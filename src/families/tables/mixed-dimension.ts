import { embedding, matmul, numbers, parameter } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineTable } from './define.ts';
import { inGroups } from './support/in-groups.ts';
import { fillNormal, rowsOf } from './support/own-rows.ts';
import {
  type Block,
  blockBytes,
  blocksOf,
  scalesOf,
  sharesOf,
} from './support/power-law-widths.ts';
import { tooFewBytes } from './support/too-few-bytes.ts';
import type { NetworkContext } from './types.ts';

const ID = 'mixed-dimension';

/**
 * Frequent ids have wide rows, rare ids narrow ones, projected to a common width.
 *
 *     y = E_i[id]·W_i,   E_i of n_i × d_i, W_i of d_i × dim, none where d_i = dim;   bytes 4·Σ_i d_i·(n_i + dim)
 *     d_i = λ·(k_i/n_i)^α, a whole number from 1 to dim
 *
 * The ids of a field are sorted by how often they come and cut into blocks with the same share of all that came; the n_i ids
 * of block i came k_i times together. λ is the largest with which all fits the budget. With `blocks: 1` the width goes by
 * fields alone. Neighbouring blocks of one width are one: with α = 0 each field is a narrower table with one projection.
 *
 * @remarks Where few ids have most of the examples, and they were counted. Ids go from the most frequent on. Where all come
 * about equally often it is a narrower table; take `quotient-remainder` there.
 * @example
 * import { mixedDimension } from 'tammes/tables';
 *
 * const counts = Array.from({ length: 1000 }, (_, i) => Math.ceil(500 / (i + 1)));
 * const table = await mixedDimension({ fields: [{ name: 'item', size: 1000, counts }] }, { budget: 0.25 });
 * console.log(table.facts.widest, table.facts.narrowest); // 15 2
 * @function
 */
export const mixedDimension = /* @__PURE__ */ defineTable({
  id: ID,
  title: 'Mixed dimension',
  summary: 'Wide rows for frequent ids, narrow rows for rare ones, projected to one width.',
  references: [
    cite(papers.mixedDimensionEmbeddings, 'α-power rule, and mixed dimension layers by blocks'),
  ],
  options: {
    alpha: number(0.3, 'How fast the width falls with the frequency; 0: not at all.', {
      min: 0,
      max: 4,
      symbol: 'α',
    }),
    blocks: integer(8, 'Blocks of ids in each field, at most; 1: width by fields alone.', {
      min: 1,
    }),
    round: choice(['whole', 'power-of-two'], 'whole', 'What widths are rounded to.'),
  },
  byFrequency: true,
  plan(fields, { dim, alpha, blocks, round }, { bytes }) {
    const rule = { alpha, dim, powersOfTwo: round === 'power-of-two' };
    const shares = fields.map(({ counts }) => sharesOf(counts ?? [], blocks));
    const blocksAt = (scale: number) => blocksOf(shares, scale, rule);
    const bytesAt = (scale: number) => blockBytes(blocksAt(scale), dim);
    const scale = scalesOf(shares, rule).find((own) => bytesAt(own) <= bytes);
    if (scale === undefined) throw tooFewBytes(ID, { least: bytesAt(0), bytes });
    return { blocks: blocksAt(scale) };
  },
  build({ blocks }, context) {
    const made = context.fields.map(({ name }, f) =>
      blocks[f].map((block, b) => blockOf(`${name}.block-${b + 1}`, block, context)),
    );
    const ends = blocks.map((own) => endsOf(own));
    return {
      parameters: made.flat().flatMap(({ parameters }) => parameters),
      lookup(field, ids) {
        const groups = Int32Array.from(ids, (id) => ends[field].findIndex((end) => id < end));
        return inGroups(groups, context.dim, (group, places) => {
          const start = group === 0 ? 0 : ends[field][group - 1];
          return made[field][group].lookup(places.map((place) => ids[place] - start));
        });
      },
    };
  },
  facts({ blocks }) {
    const all = blocks.flat();
    const ids = all.reduce((sum, { rows }) => sum + rows, 0);
    const widths = all.map(({ width }) => width);
    return {
      widest: Math.max(...widths),
      narrowest: Math.min(...widths),
      meanWidth: all.reduce((sum, { rows, width }) => sum + rows * width, 0) / ids,
    };
  },
});

/** Rows of one width, and what takes them to all columns. */
function blockOf(name: string, { rows, width }: Block, context: NetworkContext) {
  const { dim, deviation, random, like } = context;
  const table = rowsOf(`${name}.rows`, [rows, width], deviation, context);
  if (width === dim)
    return { parameters: [table], lookup: (ids: Int32Array) => embedding(table, ids) };
  const projection = `${name}.projection`;
  const data = numbers(width * dim, like instanceof Float64Array);
  // So that the deviation of the vectors is that of the rows.
  fillNormal(data, 1 / Math.sqrt(width), random.fork(projection));
  const weights = parameter(projection, data, [width, dim]);
  return {
    parameters: [table, weights],
    lookup: (ids: Int32Array) => matmul(embedding(table, ids), weights),
  };
}

/** Where each block ends. */
function endsOf(blocks: readonly Block[]): readonly number[] {
  let end = 0;
  return blocks.map(({ rows }) => {
    end += rows;
    return end;
  });
}
