/**
 * How heavy the tails of the rows are along their main axes: Σ_k λ_k (κ_k − 3)/Σ_k λ_k, with λ_k the variances and
 * κ_k λ_k² the fourth central moments of the coordinates. 0 of normal rows, 6 of Student's law with 5 degrees.
 */
export function excessKurtosis(variances: Float64Array, fourths: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let k = 0; k < variances.length; k++) {
    if (!(variances[k] > 0)) continue;
    sum += fourths[k] / variances[k] - 3 * variances[k];
    total += variances[k];
  }
  return total > 0 ? sum / total : 0;
}

/** Said in place of an interval. */
export function tailsTooHeavy(excess: number): string {
  return `no interval: the lengths of the rows have a heavy tail (excess kurtosis ${excess.toPrecision(2)} along the main axes), and the few longest rows decide; another sample has others.`;
}
