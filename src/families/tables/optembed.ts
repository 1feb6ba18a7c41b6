import {
  add,
  embedding,
  exp,
  numbers,
  parameter,
  scale,
  sum,
  type Tensor,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer, number } from '../../method/options.ts';
import { defineTable } from './define.ts';
import { aboveThreshold } from './support/above-threshold.ts';
import { evolvedWidths } from './support/evolved-widths.ts';
import { keepLargest } from './support/keep-largest.ts';
import { bytesBeside, packedRows } from './support/packed-rows.ts';
import { rowsByShare } from './support/rows-by-share.ts';
import { lastOfSearch } from './support/stages.ts';
import { tooFewBytes } from './support/too-few-bytes.ts';

const ID = 'optembed';

/**
 * A table that learns which ids need a row, and how wide the rows of each field are.
 *
 *     m_id = mean of |E_f[id]_c|, c < w_f;   y = E_f[id]_{c < w_f} where m_id − t_f > θ, else 0
 *     bytes   4·Σ_f w_f·#rows kept + a bit an id + 4 a field
 *
 * Two stages in one training. *Search*, a share of the steps: each step draws a width w_f a field, cuts rows by the
 * threshold t_f with a gradient in place of the step's, and pays α·Σ_f exp(−t_f) for low thresholds. Then an
 * evolutionary search takes the widths with the least loss on the examples kept for validation, each judged at the
 * budget: one θ ≥ 0 for all fields is as low as the bytes allow. The rows and columns found are fixed, and the rest of
 * the steps trains what is left, from the values that the search ended with. Until then, what is stored and looked up
 * outside of training are rows of the first ids of each field, the most frequent ones where `byFrequency` numbers them.
 *
 * Training holds the full table: only what is stored is small.
 *
 * @remarks Where many ids are too rare to be worth a row, and steps of search can be paid for. Without `validation` of the
 * learner all fields keep their width, and rows alone are left out. In the study it does better than one width, and no
 * better than rows for frequent ids alone, with one more for all others: try a larger `minCount` first. `mixed-dimension` gives rare ids narrow rows, by
 * their counts alone and without a search; `hash` needs the small table alone in training.
 * @example
 * import { optembed } from 'tammes/tables';
 *
 * const table = await optembed({ fields: [{ name: 'item', size: 1000 }] }, { dim: 8, budget: 0.1 });
 * console.log(table.bytes); // 3169
 * @function
 */
export const optembed = /* @__PURE__ */ defineTable({
  id: ID,
  title: 'Rows and widths that are learned (OptEmbed)',
  summary: 'Learned thresholds leave ids out, an evolutionary search gives fields their widths.',
  references: [cite(papers.optembed, 'sections 3.2 to 3.4')],
  options: {
    search: number(0.5, 'Share of the steps of training that searches.', { min: 0, max: 1 }),
    alpha: number(1e-4, 'Weight of exp(−t): how much thresholds are pushed up.', { min: 0 }),
    pace: number(0.01, 'Step length of thresholds, in step lengths of the other weights.', {
      min: 0,
    }),
    generations: integer(10, 'Generations of the search for widths; 0 keeps the best drawn.', {
      min: 0,
    }),
  },
  plan(fields, { dim, search, alpha, pace, generations }, { bytes }) {
    const beside = bytesBeside(fields);
    const least = beside + 4 * dim * fields.length;
    if (bytes < least) throw tooFewBytes(ID, { least, bytes });
    const room = bytes - beside;
    return {
      room,
      first: rowsByShare(ID, fields, 4 * dim, room),
      search,
      alpha,
      pace,
      generations,
    };
  },
  build({ room, first, search, alpha, pace, generations }, context) {
    const { fields, dim, like } = context;
    const float64 = like instanceof Float64Array;
    const rows = packedRows(context);
    const { tables, kept, widths } = rows;
    for (const [field, own] of kept.entries()) own.fill(1, 0, first[field]);
    const thresholds = fields.map(({ name }) =>
      parameter(`${name}.threshold`, numbers(1, float64), [1]),
    );
    // Of widths drawn and of those found; 0 until they are searched for.
    const losses = numbers(2, float64);
    // 1 from the end of the search on.
    const done = numbers(1, float64);
    return {
      parameters: [...tables, ...thresholds],
      also: {
        kept: Object.fromEntries(fields.map(({ name }, field) => [name, kept[field]])),
        found: { widths, losses, done },
      },
      lookup(field, ids, training) {
        if (!training || training.step > lastOfSearch(ID, training, search))
          return rows.lookup(field, ids);
        const width = 1 + training.random.fork('width').fork(field).integer(dim);
        const own = embedding(tables[field], ids);
        return aboveThreshold(own, scale(thresholds[field], pace), width);
      },
      penalty: (): Tensor =>
        scale(
          thresholds.map((t) => sum(exp(scale(t, -pace)))).reduce((a, b) => add(a, b)),
          alpha,
        ),
      async afterStep(pass, heldOutLoss) {
        if (pass.step !== lastOfSearch(ID, pass, search)) return;
        const take = (chosen: readonly number[]) => {
          widths.set(chosen);
          keepLargest(rows, { dim, room, thresholds: thresholds.map(({ data: [t] }) => pace * t) });
        };
        done[0] = 1;
        if (!heldOutLoss) return take(fields.map(() => dim));
        const lossOf = (chosen: readonly number[]) => {
          take(chosen);
          return heldOutLoss();
        };
        const random = pass.random.fork('widths');
        const within = { fields: fields.length, dim, generations };
        const found = await evolvedWidths({ ...within, random, lossOf });
        take(found.widths);
        losses.set([found.drawnLoss, found.loss]);
      },
      isSearching: () => done[0] === 0,
      pack: () => rows.pack(),
      unpack: (arrays) => rows.unpack(arrays),
    };
  },
});
