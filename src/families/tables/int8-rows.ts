import { hashedPlace } from '../../core/id-hash.ts';
import { constant, embedding } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { defineTable } from './define.ts';
import { type GridRows, gridRows } from './support/grid-rows.ts';
import { rowsByShare } from './support/rows-by-share.ts';
import { scaledResiduals } from './support/scaled-residuals.ts';

const ID = 'int8-rows';

/**
 * Rows of eight bits a number, and a scale for each row, in training too.
 *
 *     y = s_r·q_r,   q_r whole numbers in −127 … 127, s_r > 0, r the row of the id;   bytes Σ_f m_f·(dim + 4)
 *     after each step, in the rows it saw:  q ← ⌊x/s + u⌋,   u uniform in 0 … 1,   x the row that the step has moved
 *
 * Rounding so is right on average, and steps that are shorter than s are not lost. `scales` says where s comes from:
 *
 *     fixed     the largest number of the row: s = max|x|/127
 *     learned   (ALPT) by the gradient ∂L/∂s = Σ_c g_c·e_c, e = q − x/s, ±127 where x is cut; s begins at 20 deviations/127
 *
 * The gradient of s is taken with the e of the last rounding of the row when it is seen next, where ALPT computes each batch
 * twice; the step is one of log s. Where the budget has less than a row for each id, ids share rows by a hash as in `hash`.
 *
 * @remarks The simplest: with 37 % of the bytes (dim 8) to 26 % (dim 128) every id keeps a vector of its own. Rounding in training costs
 * a little: 0.002 of the area under ROC in the study. Below that many bytes take one of the others.
 * @example
 * import { int8Rows } from 'tammes/tables';
 *
 * const table = await int8Rows({ fields: [{ name: 'item', size: 1000 }] }, { dim: 16, budget: 0.35 });
 * console.log(table.facts.rows, table.bytes / table.fullBytes); // 1000 0.3125
 * @function
 */
export const int8Rows = /* @__PURE__ */ defineTable({
  id: ID,
  title: 'Rows of int8',
  summary: 'Rows of eight-bit numbers with a scale each, rounded at random in training.',
  references: [
    cite(sources.alpt, 'sections 3 and 4, stochastic rounding; learned scales'),
    cite(papers.learnableVectorStorageCompression, 'INT8 and ALPT in the benchmark'),
  ],
  options: {
    scales: choice(
      ['fixed', 'learned'],
      'fixed',
      'What sets the scale of a row: its largest number, or training (ALPT).',
    ),
  },
  plan: (fields, { dim, scales }, { bytes }) => ({
    rows: rowsByShare(ID, fields, dim + 4, bytes),
    scales,
  }),
  build({ rows, scales }, context) {
    const { fields, random } = context;
    const learned = scales === 'learned';
    const grids = fields.map(({ name }, f) => gridRows(name, rows[f], learned, context));
    const salts = fields.map(({ name }) => random.fork('salt').fork(name).uint32());
    const rowsOf = (field: number, ids: ArrayLike<number>) =>
      rows[field] === fields[field].size
        ? Int32Array.from(ids)
        : Int32Array.from(ids, (id) => hashedPlace(id, salts[field], rows[field]));
    return {
      parameters: grids.flatMap(({ parameters }) => parameters),
      also: Object.fromEntries(grids.map(({ name, also }) => [name, also])),
      lookup(field, ids, training) {
        const grid = grids[field];
        const places = rowsOf(field, ids);
        const vectors = embedding(grid.rows, places);
        if (!training) return vectors;
        grid.see(places);
        return learned ? withScales(vectors, grid, places) : vectors;
      },
      afterStep({ random: own }) {
        for (const grid of grids) grid.round(own.fork(grid.name));
      },
      pack: () => grids.flatMap((grid) => grid.pack()),
      unpack(arrays) {
        for (const grid of grids) grid.unpack(arrays);
      },
    };
  },
  facts: ({ rows }) => ({ rows: rows.reduce((a, b) => a + b, 0) }),
});

/** The same vectors, of which the scales get a gradient. */
function withScales(vectors: ReturnType<typeof embedding>, grid: GridRows, places: Int32Array) {
  const residuals = grid.scaledResiduals(places);
  const growth = embedding(grid.growth, places);
  return scaledResiduals(vectors, growth, constant(residuals, vectors.shape));
}
