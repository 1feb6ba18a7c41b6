import { counted } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { choice, number } from '../../../method/options.ts';
import { wilsonInterval } from '../../../numerics/statistics/intervals.ts';
import type { Space } from '../../../structures/space/types.ts';
import { defineMetric } from '../define.ts';
import type { TableLine } from '../types.ts';
import { classesOf, ONE_CLASS } from './support/classes.ts';
import { probeRows } from './support/linear-probe.ts';
import { permutedLaw } from './support/shuffled-null.ts';
import {
  columnCurve,
  dimensionsKept,
  gridOf,
  halvesOf,
  meanAccuracy,
  type ProbeCurve,
  principalCurve,
  redrawn,
  type TruncationProblem,
  truncationProblem,
} from './support/truncated-probe.ts';

const MOST_COLUMNS = 4096;
/** Mean variance of a column of unit rows that rounding alone leaves. */
const NOTHING = 1e-12;
/** Orders of the columns that are drawn, and the products that they may take. */
const FEWEST_ORDERS = 5;
const MOST_ORDERS = 12;
const MOST_PRODUCTS = 1e10;
/** Sets of rows drawn for the interval, and the rows that these may have in all. */
const MOST_REDRAWN = 200;
const FEWEST_REDRAWN = 50;
const MOST_DRAWS = 4e7;
/** Rows that the accuracy given up must be worth, for the number to be more than rough. */
const FEW_ROWS = 5;

/**
 * How few dimensions keep 99 % of the accuracy of a linear probe, as a share of all.
 *
 *     share = min { m : Ã(m) ≥ keep · A(d) } / d
 *     A(m): leave-one-out accuracy of a linear classifier of the classes on m of the d dimensions
 *     Ã: the rising curve nearest to A;  dimensions: the first m, m at random, or m principal axes
 *
 * The classifier is that of `linear-probe-accuracy`: ridge regression of the one-hot classes on the unit rows
 * with an intercept, the same penalty at every m. Truncated rows are not scaled again. `table` has the three
 * curves, with the 95 % interval of the chosen one, and the shares that keep as much; `series` the chosen curve.
 *
 * The interval is a bootstrap over rows with their predictions, widened as they share one fit. The null takes the columns in random orders:
 * a share well below it says that the first columns are better than others, as training for truncation makes
 * them. Beyond 4,000,000/d rows (but 2,000) a seeded sample is fitted; more rows make more dimensions useful.
 *
 * @remarks
 * Ask it before paying for storage: how short may these vectors be for telling such classes apart? Where the
 * principal axes keep much more than the first columns, rotate (PCA) before cutting. It says nothing of search
 * or similarity, which need more dimensions than classes do.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { truncation } from 'tammes/metrics';
 *
 * // The third of four columns tells two classes apart.
 * const rows = [...Array(40).keys()].map((i) => [Math.sin(i), Math.cos(i), i % 2 ? 3 : -3, Math.sin(2 * i)]);
 * const points = matrix(Float64Array.from(rows.flat()), 40, 4);
 * const { value } = await truncation(points, {}, { classes: rows.map((_, i) => (i % 2 ? 'a' : 'b')) });
 * console.log(value); // 0.75
 *
 * @function
 */
export const truncation = /* @__PURE__ */ defineMetric({
  id: 'truncation',
  group: 'labels',
  range: [0, 1],
  needs: 'classes',
  title: 'Dimensions that keep a linear probe',
  summary: 'The share of the dimensions that keeps 99 % of the accuracy of a linear classifier.',
  references: [
    cite(
      papers.redundancyIsotropyIdPromptEmbeddings,
      'accuracy with the first dimensions, with random ones and with principal axes',
    ),
    cite(sources.regularizedLeastSquares, 'leave-one-out values in closed form'),
  ],
  deviations: [
    'Ridge regression with rows left out in place of logistic regression with a test set.',
    'Rows are scaled to unit length first, and not again once they are cut.',
  ],
  options: {
    keep: number(0.99, 'Share of the accuracy to keep.', { min: 0.01, max: 1 }),
    order: choice(
      ['first', 'random', 'principal'],
      'first',
      'Which dimensions: the first columns, random ones, or the principal axes.',
    ),
    ridge: number(0.1, 'Penalty, in mean variances of a column.', { min: 1e-9, max: 1e6 }),
  },
  async measure(space, { keep, order, ridge }) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const d = space.points.cols;
    if (d > MOST_COLUMNS) return refused(`${d} columns are more than ${MOST_COLUMNS}.`);
    const { points, classes: known } = await probeRows(space, classes);
    const problem = await truncationProblem(points, known, ridge, space.engine);
    if (!(problem.penalty > NOTHING * ridge)) return refused('all rows are equal.');
    const grid = gridOf(d);
    const shuffled = await shuffledOrders(space, problem, grid);
    const first = await columnCurve(problem, [...Array(d).keys()], grid);
    const principal = await principalCurve(problem, grid);
    const curves = {
      first: first.accuracy,
      random: meanAccuracy(shuffled),
      principal: principal.accuracy,
    };
    const share = (accuracy: Float64Array) => dimensionsKept(accuracy, grid, keep) / d;
    const chosen = curves[order];
    const value = share(chosen);
    const redrawnFrom = { first: [first], random: shuffled, principal: [principal] }[order];
    const affordable = Math.floor(MOST_DRAWS / (points.rows * redrawnFrom.length));
    const redraws = Math.max(FEWEST_REDRAWN, Math.min(MOST_REDRAWN, affordable));
    const drawn = redrawn(redrawnFrom, redraws, space.random('truncation'));
    const [low, high] = ends(drawn.map(share));
    const shares = [`keeping ${percent(keep)}`, curves, share, [low, high]] as const;
    return {
      value,
      low: Math.min(value, low),
      high: Math.max(value, high),
      warnings: warningsOf(classes.of.length, problem, chosen, keep),
      series: {
        x: Float64Array.from(grid),
        y: chosen,
        xName: 'dimensions',
        yName: 'accuracy',
      },
      table: [...curveLines(curves, grid, drawn), shareLine(shares)],
      ...(order !== 'random' && {
        null: permutedLaw(
          shuffled.map(({ accuracy }) => share(accuracy)),
          value,
          `${shuffled.length} random orders of the columns`,
          { range: [1 / d, 1] },
        ),
      }),
    };
  },
});

const refused = (warning: string) => ({ value: NaN, warnings: [warning] });

async function shuffledOrders(
  space: Space,
  problem: TruncationProblem,
  grid: readonly number[],
): Promise<ProbeCurve[]> {
  const { rows: n, cols: d } = problem.centered;
  const products = n * d * (d + problem.classes.names.length) + d ** 3;
  const orders = Math.max(
    FEWEST_ORDERS,
    Math.min(MOST_ORDERS, Math.floor(MOST_PRODUCTS / products)),
  );
  const random = space.random('orders of columns');
  const curves: ProbeCurve[] = [];
  for (let r = 0; r < orders; r++) {
    curves.push(await columnCurve(problem, random.fork(r).sample(d), grid));
  }
  return curves;
}

type Curves = Readonly<Record<'first' | 'random' | 'principal', Float64Array>>;

/** The curves at d, d/2, d/4, … dimensions. */
function curveLines(
  curves: Curves,
  grid: readonly number[],
  drawn: readonly Float64Array[],
): TableLine[] {
  const d = grid[grid.length - 1];
  return halvesOf(d).map((m) => {
    const g = grid.indexOf(m);
    const [low, high] = ends(drawn.map((accuracy) => accuracy[g]));
    return {
      dimensions: `${m} of ${d}`,
      first: curves.first[g],
      random: curves.random[g],
      principal: curves.principal[g],
      low,
      high,
    };
  });
}

function shareLine([name, curves, share, [low, high]]: readonly [
  name: string,
  curves: Curves,
  share: (accuracy: Float64Array) => number,
  ends: readonly [number, number],
]): TableLine {
  const { first, random, principal } = curves;
  return {
    dimensions: `share ${name}`,
    first: share(first),
    random: share(random),
    principal: share(principal),
    low,
    high,
  };
}

/** Between which 95 % of the values lie. */
function ends(values: readonly number[]): readonly [number, number] {
  const sorted = Float64Array.from(values).sort();
  const place = (p: number) => sorted[Math.round(p * (sorted.length - 1))];
  return [place(0.025), place(0.975)];
}

function warningsOf(
  all: number,
  { classes: { of, counts } }: TruncationProblem,
  accuracy: Float64Array,
  keep: number,
): string[] {
  const n = of.length;
  const warnings = n < all ? [`fitted to a sample of ${n} of the ${all} rows.`] : [];
  const whole = accuracy[accuracy.length - 1];
  const largest = Math.max(...counts) / n;
  if (wilsonInterval(whole, n).low <= largest) {
    warnings.push(
      `all dimensions are right in ${percent(whole)} of the rows, and naming the largest class always in ${percent(largest)}: there is nothing to keep.`,
    );
  }
  const worth = (1 - keep) * whole * n;
  if (worth < FEW_ROWS) {
    const rows = counted(Math.round(worth), 'row');
    warnings.push(`what may be lost is ${rows}: with so few the share is rough.`);
  }
  return warnings;
}

const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`;
