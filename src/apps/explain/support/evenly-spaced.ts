/** At most `count` whole numbers below n, evenly spaced from 0 on. */
export function evenlySpaced(n: number, count: number): Int32Array {
  const k = Math.min(n, count);
  return Int32Array.from({ length: k }, (_, t) => Math.floor((t * n) / k));
}
