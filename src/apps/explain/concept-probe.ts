import { gathered, type Matrix, zerosLike } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  type Concept,
  type ConceptRows,
  conceptOfRows,
  leastSquaresClasses,
} from '../../families/erasure/index.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { logisticRegression, logisticScores } from '../../numerics/solvers/logistic.ts';
import { wilsonInterval } from '../../numerics/statistics/intervals.ts';
import { meanSquare } from '../../structures/spectra/principal-axes.ts';

/** A share of rows, with its 95 % interval. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How well a concept is told: `value` is the linear probe's share of rows held out. */
export interface ConceptProbe extends Share {
  /** The linear probe on the rows that it was fitted to. */
  readonly training: number;
  /** Rows held out whose class most of their neighbors among the rows fitted to have. */
  readonly neighbors: Share;
}

export type ProbeKind = 'logistic' | 'ridge';

/** Rows to fit probes to, and rows to ask, by number. */
export interface ProbeSplit {
  readonly fitted: Int32Array;
  readonly held: Int32Array;
}

/** With more classes the probe is ridge regression, which solves them all at once. */
const MOST_LOGISTIC = 20;
/** Weights times rows of a logistic probe: about a second. */
const LOGISTIC_PRODUCTS = 1e7;
const FEWEST_ROWS = 2000;
const MOST_ROWS = 20_000;
/** Held out: this share of the rows, of each class alike. */
const HELD_OUT = 0.3;

export const probeKindOf = ({ names }: Concept): ProbeKind =>
  names.length > MOST_LOGISTIC ? 'ridge' : 'logistic';

/** A split by chance, class by class, of as many rows as probes are fitted to in a second; a class of one row has none held out. */
export function probeSplit(concept: Concept, columns: number, random: Random): ProbeSplit {
  const { of, counts } = concept;
  const n = of.length;
  const room = Math.floor(LOGISTIC_PRODUCTS / (columns * counts.length));
  const fits = probeKindOf(concept) === 'ridge' ? MOST_ROWS : clamp(room, FEWEST_ROWS, MOST_ROWS);
  const share = Math.min(1, fits / (1 - HELD_OUT) / n);
  const order = random.sample(n);
  const [seen, fitted, held] = [new Int32Array(counts.length), [] as number[], [] as number[]];
  for (const row of order) {
    const own = of[row];
    const [place, taken] = [seen[own]++, Math.ceil(share * counts[own])];
    if (place >= taken) continue;
    (place < Math.ceil((1 - HELD_OUT) * taken) ? fitted : held).push(row);
  }
  return { fitted: Int32Array.from(fitted).sort(), held: Int32Array.from(held).sort() };
}

const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));

/** The share of the rows held out that the most frequent class of the others is right about. */
export function majorityOf({ of }: Concept, { fitted, held }: ProbeSplit): number {
  const counts = new Map<number, number>();
  for (const row of fitted) counts.set(of[row], (counts.get(of[row]) ?? 0) + 1);
  const [most] = [...counts].sort(([a, x], [b, y]) => y - x || a - b)[0];
  return held.filter((row) => of[row] === most).length / held.length;
}

/** Fits a linear probe to some rows and asks it, and the nearest neighbors, about others. */
export async function probeConcept(
  points: Matrix,
  concept: Concept,
  { fitted, held }: ProbeSplit,
  engine: Engine,
): Promise<ConceptProbe> {
  const of = (rows: Int32Array) => ({
    points: gathered(points, rows),
    concept: conceptOfRows(concept, rows),
  });
  const [known, asked] = [of(fitted), of(held)];
  const named =
    probeKindOf(concept) === 'ridge'
      ? await leastSquaresClasses(known, [known.points, asked.points], RIDGE, { engine, work: {} })
      : logisticClasses(known, [known.points, asked.points]);
  return {
    ...shareRight(named[1], asked.concept),
    training: shareRight(named[0], known.concept).value,
    neighbors: await neighborsRight(known, asked, engine),
  };
}

function shareRight(named: Int32Array, { of }: Concept): Share {
  const value = named.filter((own, i) => own === of[i]).length / of.length;
  return { value, ...wilsonInterval(value, of.length) };
}

/** Penalty of the ridge, in mean variances of a column. */
const RIDGE = 0.01;
/** So many steps of the search find what it is to find; what later ones add is far below the doubt of the rows. */
const STEPS = 25;

/** Logistic regression with penalty 1 on rows of mean 0 and mean variance 1 a column: turning the space changes nothing. */
function logisticClasses(
  { points, concept: { of, counts } }: ConceptRows,
  others: readonly Matrix[],
): Int32Array[] {
  const mean = meanRow(points);
  const variance = meanSquare(lessRow(points, mean)) / points.cols;
  const scaled = (rows: Matrix) => {
    const middle = lessRow(rows, mean);
    const out = zerosLike(middle);
    const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
    for (let e = 0; e < out.data.length; e++) out.data[e] = middle.data[e] * scale;
    return out;
  };
  const model = logisticRegression(scaled(points), of, counts.length, {
    penalty: 1,
    maxIterations: STEPS,
  });
  return others.map((rows) => largestPlaces(logisticScores(model, scaled(rows))));
}

function largestPlaces({ data, rows: n, cols: k }: Matrix): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => {
    let best = 0;
    for (let c = 1; c < k; c++) if (data[i * k + c] > data[i * k + best]) best = c;
    return best;
  });
}

const NEIGHBORS = 10;
/** Rows that are asked for, and among which neighbors are sought. */
const MOST_ASKED = 2000;
const MOST_AMONG = 10_000;

async function neighborsRight(
  known: ConceptRows,
  asked: ConceptRows,
  engine: Engine,
): Promise<Share> {
  const [among, queries] = [everySome(known, MOST_AMONG), everySome(asked, MOST_ASKED)];
  const k = Math.min(NEIGHBORS, among.points.rows);
  const unit = ({ points }: ConceptRows) => unitOrZeroRows(points).points;
  const { indices } = await engine.nearestAmong(unit(queries), unit(among), k);
  const votes = new Int32Array(known.concept.counts.length);
  const named = Int32Array.from({ length: queries.points.rows }, (_, i) => {
    votes.fill(0);
    const own = indices.subarray(i * k, (i + 1) * k);
    for (const row of own) votes[among.concept.of[row]] += 1;
    const most = Math.max(...votes);
    return among.concept.of[own.find((row) => votes[among.concept.of[row]] === most) ?? 0];
  });
  return shareRight(named, queries.concept);
}

/** So many of the rows, evenly taken. */
function everySome(rows: ConceptRows, most: number): ConceptRows {
  const n = rows.points.rows;
  if (n <= most) return rows;
  const places = Int32Array.from({ length: most }, (_, i) => Math.floor((i * n) / most));
  return { points: gathered(rows.points, places), concept: conceptOfRows(rows.concept, places) };
}
