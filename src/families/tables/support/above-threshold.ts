import { operation, type Tensor } from '../../../learning/index.ts';

/**
 * Rows that are large enough, the others as zeros; y n × d:
 *
 *     m_i = (1/w)·Σ_{c<w} |x_ic|,   y_ic = x_ic where c < w and m_i > t, else 0
 *
 * The step has no gradient of use; in its place stands the one of the long-tailed estimator of Liu et al. (2020):
 * s′(u) = 2 − 4|u| up to |u| = 0.4, 0.4 up to 1, then 0, at u = m_i − t. So t falls where the rows that it cuts are
 * missed.
 *
 * @param threshold t, one number
 * @param width w: columns that are left
 */
export function aboveThreshold(x: Tensor, threshold: Tensor, width: number): Tensor {
  const [n, d] = x.shape;
  return operation('aboveThreshold', [x, threshold], [n, d], {
    forward({ inputs: [rows, [t]], out }) {
      out.fill(0);
      for (let i = 0; i < n; i++) {
        const at = i * d;
        if (meanSize(rows, at, width) > t) out.set(rows.subarray(at, at + width), at);
      }
    },
    backward({ inputs: [rows, [t]], gradient, to: [toX, toT] }) {
      let down = 0;
      toX?.fill(0);
      for (let i = 0; i < n; i++) {
        const at = i * d;
        const above = meanSize(rows, at, width) - t;
        let wanted = 0;
        for (let c = at; c < at + width; c++) wanted += gradient[c] * rows[c];
        const slope = wanted * stepSlope(above);
        down += slope;
        if (!toX) continue;
        for (let c = at; c < at + width; c++)
          toX[c] = (above > 0 ? gradient[c] : 0) + (slope * Math.sign(rows[c])) / width;
      }
      if (toT) toT[0] = -down;
    },
  });
}

/** The mean size of the first numbers of a row. */
export function meanSize(rows: ArrayLike<number>, at: number, width: number): number {
  let sum = 0;
  for (let c = at; c < at + width; c++) sum += Math.abs(rows[c]);
  return sum / width;
}

function stepSlope(u: number): number {
  const size = Math.abs(u);
  if (size <= 0.4) return 2 - 4 * size;
  return size <= 1 ? 0.4 : 0;
}
