/** Σ xᵢ, in order. */
export function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** The mean; NaN of no values. */
export function meanOf(values: ArrayLike<number>): number {
  return sumOf(values) / values.length;
}

/** Σ (xᵢ − x̄)². */
export function squaresAboutMean(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return squares;
}

/** Skewness: third central moment over the cube of the standard deviation; 0 where all are equal. */
export function skewness(values: ArrayLike<number>): number {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i] / n;
  let second = 0;
  let third = 0;
  for (let i = 0; i < n; i++) {
    const gap = values[i] - mean;
    second += gap * gap;
    third += gap * gap * gap;
  }
  if (second <= 1e-20 * n * mean * mean) return 0;
  const variance = second / n;
  // Square roots are the same on all platforms, other powers are not.
  return third / n / (variance * Math.sqrt(variance));
}

/** The median; the mean of the two middle values where their number is even; NaN of no values. */
export function medianOf(values: ArrayLike<number>): number {
  return medianInPlace(Float64Array.from(values));
}

/** The median, as `medianOf`. Sorts `values`. */
export function medianInPlace(values: Float64Array): number {
  values.sort();
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/** The middle value, the larger of the two where their number is even; NaN of no values. Sorts `values`. */
export function upperMedianInPlace(values: Float64Array): number {
  values.sort();
  return values[values.length >> 1] ?? NaN;
}
