import { gathered, type Matrix } from '../../../../core/matrix.ts';
import type { Random } from '../../../../core/random.ts';
import { spearman } from '../../../../core/ranks.ts';
import { transposed, zerosOf } from '../../../../core/transposed.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { Z95 } from '../../../../numerics/laws/normal.ts';
import { studentQuantile } from '../../../../numerics/laws/student.ts';
import { meanOf, squaresAboutMean } from '../../../../numerics/statistics/averages.ts';
import { LEVEL } from '../../../../numerics/statistics/intervals.ts';
import {
  type PrincipalCoordinates,
  principalCoordinates,
  type Ridge,
  ridgeOf,
} from './linear-probe.ts';

/** Penalties, in mean variances of a column. */
const RIDGES = [1e-3, 1e-2, 0.1, 1, 10];
/** Predictions that are held at a time. */
const BLOCK = 4e6;
const SOME_ROWS = 2000;
const DRAWS = 60;

/** For each list of n targets, the places of the rows along the axis learnt from the other rows. */
export type AxisFit = (targets: readonly Float64Array[]) => Promise<Float64Array[]>;

/** Ridge regression with the penalty whose error over left-out rows is least, for each target anew. */
export function axisFitter(principal: PrincipalCoordinates, engine: Engine): AxisFit {
  const ridges = RIDGES.map((ridge) => ridgeOf(principal, ridge));
  const across = transposed(principal.coordinates);
  return async (targets) => {
    const n = principal.coordinates.rows;
    const block = Math.max(1, Math.floor(BLOCK / (n * RIDGES.length)));
    const places: Float64Array[] = [];
    for (let start = 0; start < targets.length; start += block) {
      const some = targets.slice(start, start + block).map(standardized);
      places.push(...(await placesOf(principal, across, ridges, some, engine)));
    }
    return places;
  };
}

async function placesOf(
  { coordinates }: PrincipalCoordinates,
  across: Matrix,
  ridges: readonly Ridge[],
  targets: readonly Float64Array[],
  engine: Engine,
): Promise<Float64Array[]> {
  const { rows: n, cols: r } = coordinates;
  const count = targets.length;
  const columns = zerosOf(coordinates, n, count);
  for (const [t, y] of targets.entries()) {
    for (let i = 0; i < n; i++) columns.data[i * count + t] = y[i];
  }
  const { data: products } = await engine.matmul(across, columns);
  const width = count * ridges.length;
  const weights = zerosOf(coordinates, r, width);
  for (let k = 0; k < r; k++) {
    for (let t = 0; t < count; t++) {
      for (const [p, { inverse }] of ridges.entries()) {
        weights.data[k * width + t * ridges.length + p] = products[k * count + t] * inverse[k];
      }
    }
  }
  const { data: fitted } = await engine.matmul(coordinates, weights);
  return targets.map((y, t) => {
    const errors = ridges.map(({ leverage }, p) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const residual = y[i] - fitted[i * width + t * ridges.length + p];
        sum += (residual / Math.max(1e-12, 1 - leverage[i])) ** 2;
      }
      return sum;
    });
    const best = errors.indexOf(Math.min(...errors));
    const { leverage } = ridges[best];
    return Float64Array.from(y, (target, i) => {
      const value = fitted[i * width + t * ridges.length + best];
      const without = (value - leverage[i] * target) / Math.max(1e-12, 1 - leverage[i]);
      // Less the intercept of the fit without the row, the mean −yᵢ/(n − 1) of the other targets.
      return ((without + target / (n - 1)) * (n - 1)) / n;
    });
  });
}

/** Of mean 0 and variance 1. */
function standardized(y: Float64Array): Float64Array {
  const n = y.length;
  const mean = meanOf(y);
  const variance = squaresAboutMean(y) / n;
  return y.map((x) => (x - mean) / Math.sqrt(variance));
}

/**
 * How much more the rank correlation varies than that with an axis known beforehand: targets are drawn as
 * places plus shuffled residuals, and their correlation with the places learnt from them is compared with
 * that with the places as they are. 2 where there is no axis, 1 where it is learnt exactly; from at most
 * 2,000 of the rows, never below 1, and with Student's allowance for few draws.
 */
export async function dependenceOfAxis(
  random: Random,
  points: Matrix,
  targets: Float64Array,
  engine: Engine,
): Promise<number> {
  const n = points.rows;
  const rows = random.fork('rows').sample(n, Math.min(n, SOME_ROWS)).sort();
  const principal = await principalCoordinates(gathered(points, rows), engine);
  const placesFrom = axisFitter(principal, engine);
  const y = standardized(Float64Array.from(rows, (i) => targets[i]));
  const [places] = await placesFrom([y]);
  const slope = slopeOf(places, y);
  const residuals = y.map((target, i) => target - slope * places[i]);
  const drawn = Array.from({ length: DRAWS }, (_, r) => {
    const order = random.fork(r).sample(rows.length);
    return places.map((place, i) => slope * place + residuals[order[i]]);
  });
  const learnt = (await placesFrom(drawn)).map((along, r) => spearman(along, drawn[r]));
  const given = drawn.map((target) => spearman(places, target));
  const widened = (studentQuantile(LEVEL, DRAWS - 1) / Z95) ** 2;
  const ratio = squaresAboutMean(learnt) / squaresAboutMean(given);
  return widened * (ratio > 1 ? ratio : 1);
}

function slopeOf(x: Float64Array, y: Float64Array): number {
  let [xy, xx] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += x[i] * y[i];
    xx += x[i] * x[i];
  }
  return xx > 0 ? Math.max(0, xy / xx) : 0;
}
