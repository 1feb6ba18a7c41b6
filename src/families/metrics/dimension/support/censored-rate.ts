/**
 * The rate of an exponential law from its values, the largest `censored` share of them known only to be
 * no less than their edge: (K − 1) / (Σ of the K smallest + (N − K) · the largest of them). Sorts.
 */
export function censoredRate(values: Float64Array, censored: number): number {
  values.sort();
  const kept = Math.max(2, Math.ceil(values.length * (1 - censored)));
  let sum = (values.length - kept) * values[kept - 1];
  for (let i = 0; i < kept; i++) sum += values[i];
  return (kept - 1) / sum;
}
