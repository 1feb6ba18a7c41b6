import type { Matrix } from '../../core/matrix.ts';
import type { NullValue, Space } from '../contract.ts';
import {
  centeredMeans,
  type ProbeFit,
  type ProbeRows,
  type Ridge,
  ridgeProbe,
} from './linear-probe.ts';
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
  const [w, m] = [centeredMeans(weights).data, centeredMeans(means).data];
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
