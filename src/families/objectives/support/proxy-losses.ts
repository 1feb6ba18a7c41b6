import type { Matrix } from '../../../core/matrix.ts';
import { log } from '../../../core/numeric.ts';
import type { KnownClasses } from './known-rows.ts';
import { quickExp } from './quick-exp.ts';

/**
 * Proxy-Anchor over cosines s (n × C), which become ∂loss/∂s. Each log(1 + Σ exp) is taken over the largest
 * exponent, so that no exponential overflows.
 */
export function proxyAnchorSlopes(
  { data: s, rows: n, cols: count }: Matrix,
  { of }: KnownClasses,
  alpha: number,
  margin: number,
): number {
  const exponentOf = (i: number, c: number) =>
    of[i] === c ? -alpha * (s[i * count + c] - margin) : alpha * (s[i * count + c] + margin);
  // Of each proxy: the sum over its own rows, then that over the others; the 1 is exp(0).
  const largest = new Float64Array(2 * count);
  const sums = new Float64Array(2 * count);
  const place = (i: number, c: number) => (of[i] === c ? c : count + c);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < count; c++) {
      const at = place(i, c);
      largest[at] = Math.max(largest[at], exponentOf(i, c));
    }
  }
  for (let at = 0; at < sums.length; at++) sums[at] = quickExp(-largest[at]);
  const shares = new Float64Array(n * count);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < count; c++) {
      const at = place(i, c);
      const share = quickExp(exponentOf(i, c) - largest[at]);
      shares[i * count + c] = share;
      sums[at] += share;
    }
  }
  let loss = 0;
  for (let at = 0; at < sums.length; at++) loss += (largest[at] + log(sums[at])) / count;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < count; c++) {
      const slope = (alpha * shares[i * count + c]) / (sums[place(i, c)] * count);
      s[i * count + c] = of[i] === c ? -slope : slope;
    }
  }
  return loss;
}

/** Proxy-NCA over cosines s (n × C) with squared distances 2 − 2s; the cosines become ∂loss/∂s. */
export function neighborhoodSlopes(
  { data: s, rows: n, cols: count }: Matrix,
  { of, counts }: KnownClasses,
): number {
  const m = counts.reduce((sum, rows) => sum + rows, 0);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const row = s.subarray(i * count, (i + 1) * count);
    if (of[i] < 0) {
      row.fill(0);
      continue;
    }
    const own = row[of[i]];
    let sum = 0;
    for (let c = 0; c < count; c++) {
      // −d = 2s − 2 ≥ −4: nothing can overflow or vanish.
      row[c] = c === of[i] ? 0 : quickExp(2 * row[c] - 2);
      sum += row[c];
    }
    loss += (log(sum) + 2 - 2 * own) / m;
    for (let c = 0; c < count; c++) row[c] = c === of[i] ? -2 / m : (2 * row[c]) / (sum * m);
  }
  return loss;
}
