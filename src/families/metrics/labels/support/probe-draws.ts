import { gathered, type Matrix } from '../../../../core/matrix.ts';
import { centered } from '../../../../numerics/rows/centered.ts';
import type { NullValue } from '../../../../numerics/statistics/null-value.ts';
import type { Space } from '../../../../structures/space/types.ts';
import { classesOfRows } from './classes.ts';
import {
  type ProbeFit,
  type ProbeRows,
  principalCoordinates,
  type Ridge,
  ridgeOf,
  ridgeProbe,
} from './linear-probe.ts';
import { dependence } from './relabelled.ts';
import { permutedLaw, shuffledClasses } from './shuffled-null.ts';

/** Products that the draws may take: about a quarter of a second. */
const MOST_PRODUCTS = 1.2e9;
const FEWEST = 5;
const MOST = 40;

/** What the probe's numbers are in one fit. */
export interface ProbeNumbers {
  /** The share of rows that the fit without them gets right. */
  readonly accuracy: number;
  /** The share of rows where the fit and the nearest class mean disagree. */
  readonly apart: number;
  /** ‖W/‖W‖ − M/‖M‖‖². */
  readonly gap: number;
}

export function probeNumbers(fit: ProbeFit, of: Int32Array): ProbeNumbers {
  const { withoutRow, fitted, nearest, weights, means } = fit;
  let [right, apart] = [0, 0];
  for (let i = 0; i < of.length; i++) {
    if (withoutRow[i] === of[i]) right += 1;
    if (fitted[i] !== nearest[i]) apart += 1;
  }
  return {
    accuracy: right / of.length,
    apart: apart / of.length,
    gap: dualityGap(weights, means),
  };
}

/** 2 − 2⟨W, M⟩/(‖W‖‖M‖) of weights and means less their means over the classes. */
function dualityGap(weights: Matrix<Float64Array>, means: Matrix<Float64Array>): number {
  const [w, m] = [centered(weights).data, centered(means).data];
  let [ww, wm, mm] = [0, 0, 0];
  for (let e = 0; e < w.length; e++) {
    ww += w[e] ** 2;
    wm += w[e] * m[e];
    mm += m[e] ** 2;
  }
  return 2 - (2 * wm) / Math.sqrt(ww * mm);
}

const known = new WeakMap<ProbeRows, Map<number, Promise<readonly ProbeNumbers[]>>>();

/** The law of one of the probe's numbers when the classes are shuffled: fitted once for all three. */
export async function shuffledProbe(
  space: Space,
  rows: ProbeRows,
  [penalty, ridge]: readonly [number, Ridge],
  name: keyof ProbeNumbers,
  observed: number,
): Promise<NullValue> {
  const made = known.get(rows) ?? new Map<number, Promise<readonly ProbeNumbers[]>>();
  known.set(rows, made);
  const numbers = made.get(penalty) ?? shuffledNumbers(space, rows, ridge);
  made.set(penalty, numbers);
  const values = (await numbers).map((drawn) => drawn[name]);
  const range = [0, name === 'gap' ? 4 : 1] as const;
  return permutedLaw(values, observed, `${values.length} times shuffled classes`, { range });
}

async function shuffledNumbers(
  space: Space,
  { classes, principal: { coordinates } }: ProbeRows,
  ridge: Ridge,
): Promise<readonly ProbeNumbers[]> {
  const { rows: n, cols: r } = coordinates;
  const products = 2 * n * r * classes.names.length;
  const draws = Math.max(FEWEST, Math.min(MOST, Math.floor(MOST_PRODUCTS / products)));
  const numbers: ProbeNumbers[] = [];
  for (let at = 0; at < draws; at++) {
    const shuffled = shuffledClasses(space, classes, at);
    numbers.push(probeNumbers(await ridgeProbe(ridge, shuffled, space.engine), shuffled.of));
  }
  return numbers;
}

/** Rows on which the factors are found, draws, and the products that these may take. */
const SOME_ROWS = 2000;
const RELABELLED = 40;
const FEWEST_RELABELLED = 15;

/** How much wider than binomial two shares are (`dependence`). */
export interface Wider {
  readonly accuracy: number;
  readonly apart: number;
}

const widerOf = new WeakMap<ProbeRows, Map<number, Promise<Wider>>>();

/**
 * Of the share of rows that the probe gets right and of that where it and the nearest class mean disagree:
 * rows share one fit. From at most 2,000 of the rows; of more the factors are nearer to 1.
 */
export function widerShares(
  space: Space,
  rows: ProbeRows,
  [penalty, ridge]: readonly [number, Ridge],
): Promise<Wider> {
  const made = widerOf.get(rows) ?? new Map<number, Promise<Wider>>();
  widerOf.set(rows, made);
  const wider = made.get(penalty) ?? foundWider(space, rows, penalty, ridge);
  made.set(penalty, wider);
  return wider;
}

async function foundWider(
  space: Space,
  { points, classes }: ProbeRows,
  penalty: number,
  ridge: Ridge,
): Promise<Wider> {
  const { engine } = space;
  const random = space.random('probe classes');
  const few = points.rows > SOME_ROWS;
  const sample = random.fork('rows').sample(points.rows, Math.min(points.rows, SOME_ROWS));
  const known = few ? classesOfRows(classes, sample) : classes;
  const fitted = few
    ? ridgeOf(await principalCoordinates(gathered(points, sample), engine), penalty)
    : ridge;
  const { withoutRow, margin } = await ridgeProbe(fitted, known, engine);
  const m = known.of.length;
  const products = 2 * m * fitted.inverse.length * classes.names.length;
  const draws = Math.max(
    FEWEST_RELABELLED,
    Math.min(RELABELLED, Math.floor(MOST_PRODUCTS / products)),
  );
  const guesses = {
    rows: Int32Array.from({ length: m }, (_, i) => i),
    predicted: withoutRow,
    confidence: margin,
  };
  const fits: Promise<ProbeFit>[] = [];
  const factor = (has: (fit: ProbeFit, i: number, of: Int32Array) => boolean) => {
    let at = 0;
    return dependence(random.fork('classes'), known, guesses, draws, async (drawn) => {
      // Both factors draw the same classes: the second finds its fits made.
      if (at === fits.length) fits.push(ridgeProbe(fitted, drawn, engine));
      const fit = await fits[at];
      at += 1;
      return Uint8Array.from({ length: m }, (_, i) => (has(fit, i, drawn.of) ? 1 : 0));
    });
  };
  return {
    accuracy: await factor((fit, i, of) => fit.withoutRow[i] === of[i]),
    apart: await factor((fit, i) => fit.fitted[i] !== fit.nearest[i]),
  };
}
