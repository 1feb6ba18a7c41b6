import { requireFinite } from '../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import { alike, gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { RunControls } from '../../core/run.ts';
import type { Engine, EngineName, Work } from '../../engine/engine.ts';
import { concepts } from '../../families/directions/index.ts';
import type { GivenConcepts } from '../../families/directions/types.ts';
import { linearProbeAccuracy } from '../../families/metrics/index.ts';
import { MethodRun } from '../../method/method.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { wilsonInterval } from '../../numerics/statistics/intervals.ts';
import { type Directions, sameProducts, spaceMark } from '../../structures/directions/index.ts';

/** Rows by which it is told what the coordinates keep. */
const MOST_ROWS = 2000;
const TRIPLETS = 10_000;

export interface ConceptOptions {
  /** Concepts shown for each row or class. Default 5. */
  readonly top?: number | undefined;
  /** Rows shown; left out: all. Where there are classes, these are shown. */
  readonly rows?: ArrayLike<number> | undefined;
  /** n: means of classes are shown in place of rows. */
  readonly classes?: readonly string[] | undefined;
  /** Concepts grown from the tree at most; 0: all. Default 0. */
  readonly count?: number | undefined;
  /** Coordinates less their means over all rows, so that what holds of all rows is left out. Default false. */
  readonly lessMean?: boolean | undefined;
  readonly seed?: number | undefined;
  /** Default: the best there is for these rows. */
  readonly engine?: Engine | undefined;
}

export interface TopConcepts {
  /** The row, from 0; null where it is a class. */
  readonly row: number | null;
  /** The class; null where it is a row. */
  readonly class: string | null;
  /** Largest coordinate first. */
  readonly concepts: readonly { readonly name: string; readonly value: number }[];
}

export interface ExplainedConcepts {
  readonly concepts: number;
  readonly shown: readonly TopConcepts[];
  /** Of three rows drawn, which of two is nearer to the third by cosine: how often coordinates and vectors agree. */
  readonly triplets: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Accuracy of a linear probe on the vectors and on the coordinates; null without classes. */
  readonly probe: {
    readonly vectors: number;
    readonly coordinates: number;
    readonly kept: number;
  } | null;
  readonly warnings: readonly string[];
  readonly engine: EngineName;
  readonly directions: Directions;
}

/**
 * Says of rows, or of the means of classes, to which names they are nearest, and what such coordinates keep of the vectors.
 *
 * @example
 * const { shown, triplets } = await explainConcepts(texts, { points: vectorsOfNames, names }, { rows: [0, 1, 2] });
 */
export async function explainConcepts(
  given: GivenPoints,
  names: GivenConcepts,
  options: ConceptOptions = {},
  { signal, onProgress }: RunControls = {},
): Promise<ExplainedConcepts> {
  const where = 'explain concepts';
  const { top = 5, classes, count = 0, lessMean = false, seed = 0 } = options;
  const rows = requireFinite(where, givenPoints(where, given));
  const engine = await new MethodRun({ engine: options.engine }).engineFor(rows);
  const points: Matrix = unitOrZeroRows<Matrix['data']>(rows).points;
  const { directions: found } = await concepts(
    { points, concepts: names, classes: count > 0 ? classes : undefined },
    { count, seed },
    { engine, signal },
  );
  const mean = lessMean ? meanRow(points) : found.origin;
  const directions: Directions = { ...found, origin: mean, space: spaceMark(rows) };
  const work: Work = { signal, onProgress: (done) => onProgress?.({ stage: where, done }) };
  const shown = classes
    ? await ofClasses(points, classes, directions, top, engine, work)
    : await ofRows(points, options.rows, directions, top, engine, work);
  return {
    concepts: directions.names.length,
    shown,
    ...(await keptBy(points, directions, { ...options, engine }, work)),
    warnings: remarksOn(points, directions),
    engine: engine.name,
    directions,
  };
}

async function ofRows(
  points: Matrix,
  wanted: ArrayLike<number> | undefined,
  directions: Directions,
  top: number,
  engine: Engine,
  work: Work,
): Promise<TopConcepts[]> {
  const rows = Array.from(wanted ?? { length: points.rows }, (row, i) => row ?? i) as number[];
  const found = await topOf(gathered(points, rows), directions, top, engine, work);
  return rows.map((row, at) => ({ row, class: null, concepts: found[at] }));
}

async function ofClasses(
  points: Matrix,
  classes: readonly string[],
  directions: Directions,
  top: number,
  engine: Engine,
  work: Work,
): Promise<TopConcepts[]> {
  const names = [...new Set(classes)].sort();
  const d = points.cols;
  const means = new Float64Array(names.length * d);
  for (const [at, name] of names.entries()) {
    const own = Array.from(classes.keys()).filter((row) => classes[row] === name);
    means.set(meanRow(gathered(points, own)), at * d);
  }
  const rows = alike(matrix(means, names.length, d), points);
  const found = await topOf(rows, directions, top, engine, work);
  return names.map((name, at) => ({ row: null, class: name, concepts: found[at] }));
}

/** The concepts of largest coordinate of each row. */
async function topOf(
  rows: Matrix,
  { basis, names, origin }: Directions,
  top: number,
  engine: Engine,
  work: Work,
) {
  const k = Math.min(top, names.length);
  const { indices, products } = await engine.largestProducts(
    lessRow(rows, origin),
    alike(basis, rows),
    k,
    work,
  );
  return Array.from({ length: rows.rows }, (_, i) =>
    Array.from({ length: k }, (_, e) => ({
      name: names[indices[i * k + e]],
      value: products[i * k + e],
    })),
  );
}

async function keptBy(
  points: Matrix,
  directions: Directions,
  { classes, lessMean = false, seed = 0, engine }: ConceptOptions & { readonly engine: Engine },
  work: Work,
): Promise<Pick<ExplainedConcepts, 'triplets' | 'probe'>> {
  const random = Random.fromSeed(seed).fork('explain-concepts');
  const drawn = random.fork('rows').sample(points.rows, Math.min(points.rows, MOST_ROWS)).sort();
  const rows = gathered(points, drawn);
  const coordinates = await sameProducts(directions, rows, lessMean, engine, work);
  const triplets = rows.rows < 3 ? null : agreementOf(rows, coordinates, random.fork('triplets'));
  const own = classes && Array.from(drawn, (row) => classes[row]);
  if (!own || new Set(own).size < 2) return { triplets, probe: null };
  const accuracy = async (m: Matrix) =>
    (await linearProbeAccuracy(m, {}, { classes: own, engine, signal: work.signal })).value;
  // A row without a direction has no coordinate either; the probe takes unit rows.
  const isWhole = (m: Matrix) => unitOrZeroRows(m).norms.every((norm) => norm > 0);
  if (!isWhole(rows) || !isWhole(coordinates)) return { triplets, probe: null };
  const [vectors, named] = [await accuracy(rows), await accuracy(coordinates)];
  // Too few rows to hold any out: a share of none is no number.
  if (!(vectors > 0 && Number.isFinite(named))) return { triplets, probe: null };
  return { triplets, probe: { vectors, coordinates: named, kept: named / vectors } };
}

function agreementOf(a: Matrix, b: Matrix, random: Random) {
  const [x, y] = [unitOrZeroRows(a).points, unitOrZeroRows(b).points];
  let [agree, asked] = [0, 0];
  for (let t = 0; t < TRIPLETS; t++) {
    const [i, j, k] = random.sample(a.rows, 3);
    const near = rowDot(x, i, x, j) - rowDot(x, i, x, k);
    const named = rowDot(y, i, y, j) - rowDot(y, i, y, k);
    if (near === 0) continue;
    asked += 1;
    if (near > 0 === named > 0) agree += 1;
  }
  return asked === 0 ? null : { value: agree / asked, ...wilsonInterval(agree / asked, asked) };
}

function remarksOn(points: Matrix, { names }: Directions): string[] {
  return names.length < points.cols
    ? [
        `There are fewer concepts (${names.length}) than columns (${points.cols}): what no name reaches is lost.`,
      ]
    : [];
}
