import { AbortedError } from '../../core/errors.ts';
import { alike, type Floats, gathered, type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import {
  adam,
  constant,
  linear,
  meanSquaredError,
  normalizeRows,
  parameter,
  train,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { assignRows } from '../../numerics/solvers/assignment.ts';
import { defineAlignment } from './define.ts';
import { transported } from './support/transported.ts';
import type { FitContext, Spaces } from './types.ts';

/** Both sides as unit rows about their means, with anchors that are known and rows of A that look for a partner. */
interface Problem {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly seeds: { readonly a: Int32Array; readonly b: Int32Array };
  readonly free: Int32Array;
}

/**
 * Relative representations from a few known pairs: the other anchors of A look for their partners in B.
 *
 *     y = (cos(x − μ, a₁ − μ), …, cos(x − μ, a_k − μ)),   μ the mean of the space of x
 *
 * as in `relative`, with k anchors of which s are the given pairs. The partners of the others are free unit rows ã of B.
 * By turns a transport plan P is found between the relative rows r_A and r_B (entropic, Sinkhorn), and Adam moves ã to
 * lessen the mean squared distance of each row of r_B from the mean of the rows of r_A whose mass it gets. At the end each
 * ã becomes a row of B, no row twice (the linear assignment of largest cosines). The model's array `pairs` names the rows
 * of the anchors, the given ones first, and `confidence` the cosine of each ã with its row.
 *
 * O(n²k) time for each plan between n rows a side, n at most `rows`; O(k²m) for the assignment.
 *
 * @remarks Use it where a dozen pairs are known and heads or stores want relative rows of both models. For finding partners
 * themselves try `procrustes --refine 10` beside it: held-out recall says which. Rows live between the spaces: move
 * those of B too (`--side b`). Between spaces of different models most found anchors are neighbours of the right row, not
 * the row itself.
 * @example
 * import { matrix } from 'tammes';
 * import { bootstrapAnchors } from 'tammes/alignment';
 *
 * // B is A turned by a quarter; two pairs are known, the third is found.
 * const a = matrix(new Float64Array([1, 0, 0, 2, -1, 1]), 3, 2);
 * const b = matrix(new Float64Array([0, 1, -2, 0, -1, -1]), 3, 2);
 * const pairs = { a: [0, 1], b: [0, 1] };
 * const { model } = await bootstrapAnchors({ a, b, pairs });
 * const found = model.parameters.find(({ name }) => name === 'pairs');
 * console.log(found?.data.slice(-2).join(' ')); // 2 2
 * @function
 */
export const bootstrapAnchors = /* @__PURE__ */ defineAlignment({
  id: 'bootstrap-anchors',
  title: 'Bootstrapped anchors',
  summary: 'Relative representations whose missing anchors are found from a few known pairs.',
  references: [
    cite(papers.bootstrappingParallelAnchors, 'section 3, equation 3'),
    cite(sources.sinkhornDistances, 'the plan between the relative views'),
  ],
  fewestPairs: 2,
  into: 'between',
  options: {
    anchors: integer(
      300,
      'Anchors in all, the given pairs among them; all rows where there are fewer.',
      {
        min: 2,
        max: 1e5,
        symbol: 'k',
      },
    ),
    start: choice(
      ['random', 'matched'],
      'matched',
      'Partners begin at random, or at the rows of B that the given pairs alone would match.',
    ),
    steps: integer(100, 'Steps of Adam.', { min: 0, max: 1e6 }),
    learningRate: number(0.02, 'Learning rate of Adam.', { min: 1e-9, max: 10 }),
    every: integer(5, 'Steps between two transport plans.', { min: 1, max: 1e6 }),
    rows: integer(1000, 'Rows of each side between which mass is moved, at random.', {
      min: 2,
      max: 20000,
    }),
  },
  async fit(spaces, options, context) {
    const [from, to] = [meanRow(spaces.a), meanRow(spaces.b)];
    const problem = problemOf(spaces, from, to, options.anchors, context);
    const { x, y, seeds, free } = problem;
    const partners = await foundPartners(problem, options, context);
    const { rows, confidence } = await nearestRows(partners, problem, context);
    const found = { a: joined(seeds.a, free), b: joined(seeds.b, rows) };
    const known = new Float64Array(seeds.a.length).fill(1);
    return {
      settings: {},
      arrays: {
        a: gathered(x, found.a),
        b: gathered(y, found.b),
        'mean-a': matrix(from, 1, from.length),
        'mean-b': matrix(to, 1, to.length),
        pairs: pairTable(found),
        confidence: matrix(Float64Array.of(...known, ...confidence), 1, found.a.length),
      },
      facts: {
        given: seeds.a.length,
        found: free.length,
        ...(free.length > 0
          ? { confidence: confidence.reduce((sum, c) => sum + c, 0) / free.length }
          : {}),
      },
    };
  },
  move({ arrays }, rows, side, { engine, work }) {
    const unit = unitOrZeroRows(lessRow(rows, arrays[`mean-${side}`].data)).points;
    return engine.matmul(unit, alike(arrays[side], rows), { transposeB: true }, work);
  },
});

function problemOf(
  { a, b, pairs }: Spaces,
  from: Float64Array,
  to: Float64Array,
  anchors: number,
  { random }: FitContext,
): Problem {
  const chosen = firstOfEach(pairs, random.fork('seeds').sample(pairs.a.length), anchors);
  const isSeed = new Set(chosen.a);
  const others = Int32Array.from({ length: a.rows }, (_, row) => row).filter(
    (row) => !isSeed.has(row),
  );
  const count = Math.min(anchors - chosen.a.length, others.length, b.rows - chosen.b.length);
  const free = random.fork('anchors').sample(others.length, Math.max(0, count)).sort();
  return {
    x: unitOrZeroRows(lessRow(a, from)).points,
    y: unitOrZeroRows(lessRow(b, to)).points,
    seeds: chosen,
    free: free.map((at) => others[at]),
  };
}

/** At most so many of the pairs, in that order; none that shares a row with one before it. */
function firstOfEach(pairs: Spaces['pairs'], order: Int32Array, most: number): Spaces['pairs'] {
  const [a, b] = [new Set<number>(), new Set<number>()];
  for (const at of order) {
    if (a.size === most || a.has(pairs.a[at]) || b.has(pairs.b[at])) continue;
    a.add(pairs.a[at]);
    b.add(pairs.b[at]);
  }
  return { a: Int32Array.from(a), b: Int32Array.from(b) };
}

const joined = (a: Int32Array, b: Int32Array) => Int32Array.of(...a, ...b);

function pairTable({ a, b }: Spaces['pairs']): Matrix<Float64Array> {
  const table = zeros64(a.length, 2);
  a.forEach((row, at) => {
    table.data.set([row, b[at]], 2 * at);
  });
  return table;
}

interface Search {
  readonly start: 'random' | 'matched';
  readonly steps: number;
  readonly learningRate: number;
  readonly every: number;
  readonly rows: number;
}

/** Where in B the partners of the free anchors lie, unit rows that need be no row of B. */
async function foundPartners(
  problem: Problem,
  search: Search,
  context: FitContext,
): Promise<Matrix> {
  const { x, y, seeds, free } = problem;
  const { engine, random, run, work } = context;
  const some = (m: Matrix, side: string) =>
    m.rows <= search.rows ? m : gathered(m, random.fork(side).sample(m.rows, search.rows).sort());
  const [few, others] = [some(x, 'rows of A'), some(y, 'rows of B')];
  const relativeTo = (rows: Matrix, anchors: Matrix) =>
    engine.matmul(rows, anchors, { transposeB: true }, work);
  const seen = await relativeTo(few, gathered(x, joined(seeds.a, free)));
  const known = await relativeTo(others, gathered(y, seeds.b));
  const anchors = await startOf(problem, search.start, context);
  if (free.length === 0 || search.steps === 0) return anchors;
  const partners = parameter('partners', anchors.data, [free.length, y.cols]);
  const tensor = ({ data, rows, cols }: Matrix) => constant(data, [rows, cols]);
  let target: Matrix | undefined;
  const found = await train({
    steps: search.steps,
    engine,
    signal: run.options.signal,
    update: adam({ learningRate: search.learningRate }),
    async loss({ step }) {
      if (!target || (step - 1) % search.every === 0) {
        const own = unitOrZeroRows(matrix(partners.data, free.length, y.cols)).points;
        const views = beside(known, await relativeTo(others, own));
        target = lastColumns(await carried(seen, views, context), free.length);
      }
      return meanSquaredError(linear(tensor(others), normalizeRows(partners)), tensor(target));
    },
    onProgress: ({ done }) => run.options.onProgress?.({ stage: 'bootstrap-anchors', done }),
  });
  if (found.ended === 'signal') throw new AbortedError('bootstrap-anchors');
  return unitOrZeroRows(matrix(partners.data, free.length, y.cols)).points;
}

/** For each row of `to` the mean of the rows of `from` whose mass it gets. */
async function carried(from: Matrix, to: Matrix, { engine, work }: FitContext): Promise<Matrix> {
  const cost = await squaredDistances(from, to, { engine, work });
  const { plan } = transported(cost);
  for (let e = 0; e < plan.data.length; e++) plan.data[e] *= to.rows;
  return engine.matmul(alike(plan, from), from, { transposeA: true }, work);
}

async function squaredDistances(
  x: Matrix,
  y: Matrix,
  { engine, work }: Pick<FitContext, 'engine' | 'work'>,
): Promise<Matrix<Float64Array>> {
  const { data, rows: n, cols: m } = await engine.matmul(x, y, { transposeB: true }, work);
  const [p, q] = [squares(x), squares(y)];
  const out = zeros64(n, m);
  for (let i = 0, e = 0; i < n; i++)
    for (let j = 0; j < m; j++, e++) out.data[e] = p[i] + q[j] - 2 * data[e];
  return out;
}

function squares({ data, rows: n, cols: d }: Matrix): Float64Array {
  const out = new Float64Array(n);
  for (let e = 0; e < data.length; e++) out[Math.floor(e / d)] += data[e] ** 2;
  return out;
}

function beside(left: Matrix, right: Matrix): Matrix {
  const cols = left.cols + right.cols;
  const data = new (left.data.constructor as Float64ArrayConstructor)(left.rows * cols);
  for (let i = 0; i < left.rows; i++) {
    data.set(left.data.subarray(i * left.cols, (i + 1) * left.cols), i * cols);
    data.set(right.data.subarray(i * right.cols, (i + 1) * right.cols), i * cols + left.cols);
  }
  return matrix(data, left.rows, cols);
}

function lastColumns({ data, rows: n, cols: d }: Matrix, k: number): Matrix {
  const out = new (data.constructor as Float64ArrayConstructor)(n * k);
  for (let i = 0; i < n; i++) out.set(data.subarray((i + 1) * d - k, (i + 1) * d), i * k);
  return matrix(out, n, k);
}

async function startOf(
  { x, y, seeds, free }: Problem,
  start: Search['start'],
  context: FitContext,
): Promise<Matrix> {
  const { engine, random, work } = context;
  if (start === 'random' || free.length === 0) {
    const normal = new Float64Array(free.length * y.cols);
    random.fork('start').normals(normal);
    return unitOrZeroRows(alike(matrix(normal, free.length, y.cols), y)).points;
  }
  const own = gathered(x, free);
  const seen = await engine.matmul(own, gathered(x, seeds.a), { transposeB: true }, work);
  const views = await engine.matmul(y, gathered(y, seeds.b), { transposeB: true }, work);
  const { plan } = transported(await squaredDistances(seen, views, context));
  return unitOrZeroRows(await engine.matmul(alike(plan, y), y, {}, work)).points;
}

/** The row of B nearest to each partner, no row twice and none that is given. */
async function nearestRows(
  partners: Matrix,
  { y, seeds }: Problem,
  { engine, work }: FitContext,
): Promise<{ readonly rows: Int32Array; readonly confidence: Float64Array }> {
  if (partners.rows === 0) return { rows: new Int32Array(), confidence: new Float64Array() };
  const isSeed = new Set(seeds.b);
  const open = Int32Array.from({ length: y.rows }, (_, row) => row).filter(
    (row) => !isSeed.has(row),
  );
  const cosines = await engine.matmul(partners, gathered(y, open), { transposeB: true }, work);
  const { columns } = assignRows({ ...cosines, data: cosines.data.map((c) => 1 - c) as Floats });
  return {
    rows: columns.map((at) => open[at]),
    confidence: Float64Array.from(columns, (at, i) => cosines.data[i * open.length + at]),
  };
}
