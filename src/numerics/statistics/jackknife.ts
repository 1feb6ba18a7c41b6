import { studentQuantile } from '../laws/student.ts';
import { LEVEL } from './intervals.ts';

/**
 * t · √((G − 1)/G Σ (θ_g − θ̄)²) of values that each leave out one of G groups of equal size.
 *
 * Where a few rows make the spread, so that one group stands out, the spread itself is known badly: with κ
 * the kurtosis of the values it has about 2G/(κ − 1) degrees of freedom (Satterthwaite), G − 1 at most.
 */
export function jackknifeSpread(values: ArrayLike<number>): number {
  const groups = values.length;
  let mean = 0;
  for (let g = 0; g < groups; g++) mean += values[g] / groups;
  let [squares, fourths] = [0, 0];
  for (let g = 0; g < groups; g++) {
    const square = (values[g] - mean) ** 2;
    squares += square;
    fourths += square * square;
  }
  if (!(squares > 0)) return squares;
  const kurtosis = (groups * fourths) / squares ** 2;
  const freedom = Math.min(groups - 1, (2 * groups) / Math.max(1e-9, kurtosis - 1));
  return studentQuantile(LEVEL, freedom) * Math.sqrt(((groups - 1) / groups) * squares);
}
