// How times grow: seconds ∝ nᵇ.
import { studentQuantile } from '../../dist/numerics/laws/student.js';

/** b by least squares of ln seconds on ln n, and its 95 % interval by Student's law for independent relative errors. */
export function exponent(sizes, seconds) {
  const [x, y] = [sizes.map(Math.log), seconds.map(Math.log)];
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const spread = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  const value = x.reduce((sum, own, i) => sum + (own - meanX) * (y[i] - meanY), 0) / spread;
  const left = y.reduce((sum, own, i) => sum + (own - meanY - value * (x[i] - meanX)) ** 2, 0);
  const degrees = x.length - 2;
  const half = studentQuantile(0.95, degrees) * Math.sqrt(left / degrees / spread);
  return { value, low: value - half, high: value + half };
}
