import { studentQuantile } from '../laws/student.ts';
import { meanOf, squaresAboutMean } from './averages.ts';
import { LEVEL } from './intervals.ts';

/** √((G − 1)/G Σ (θ_g − θ̄)²): the standard error from values that each leave out one of G equal groups. */
export function jackknifeError(without: ArrayLike<number>): number {
  const groups = without.length;
  return Math.sqrt(((groups - 1) / groups) * squaresAboutMean(without));
}

/**
 * Half the 95 % interval, t times that error.
 *
 * Where a few rows make the spread, so that one group stands out, the spread itself is known badly: with κ
 * the kurtosis of the values it has about 2G/(κ − 1) degrees of freedom (Satterthwaite), G − 1 at most.
 */
export function jackknifeSpread(without: ArrayLike<number>): number {
  const groups = without.length;
  const error = jackknifeError(without);
  if (!(error > 0)) return error;
  const mean = meanOf(without);
  let [squares, fourths] = [0, 0];
  for (let g = 0; g < groups; g++) {
    const square = (without[g] - mean) ** 2;
    squares += square;
    fourths += square * square;
  }
  const kurtosis = (groups * fourths) / squares ** 2;
  const freedom = Math.min(groups - 1, (2 * groups) / Math.max(1e-9, kurtosis - 1));
  return studentQuantile(LEVEL, freedom) * error;
}
