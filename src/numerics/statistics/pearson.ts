/** Pearson's correlation of two lists of one length; NaN where one of them is constant. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let [meanA, meanB] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanA += a[i] / n;
    meanB += b[i] / n;
  }
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[i] - meanA, b[i] - meanB];
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  // Rounding of a constant list is no variance.
  const least = (mean: number) => n * (1e-14 * Math.abs(mean)) ** 2;
  if (!(aa > least(meanA) && bb > least(meanB))) return Number.NaN;
  return ab / Math.sqrt(aa * bb);
}
