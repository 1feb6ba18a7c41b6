/**
 * The probability that two ids have the same rows, in any order, where each draws so many of `rows` evenly:
 *
 *     P = (k!)²·[x^k] (Σ_a x^a/(a!)²)^m / m^(2k),   k draws, m rows;   about k!/m^k
 *
 * It is 1/m for one draw and (2m − 1)/m³ for two.
 */
export function sameRowsProbability(draws: number, rows: number): number {
  const one = Float64Array.from(
    { length: draws + 1 },
    (_, a) => 1 / (factorial(a) ** 2 * rows ** (2 * a)),
  );
  let power = Float64Array.from(one, (_, a) => (a === 0 ? 1 : 0));
  let base = one;
  // By squares, cut after x^k: rows may be millions.
  for (let left = rows; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = product(power, base);
    base = product(base, base);
  }
  return factorial(draws) ** 2 * power[draws];
}

function product(a: Float64Array<ArrayBuffer>, b: Float64Array<ArrayBuffer>) {
  return Float64Array.from(a, (_, k) => {
    let sum = 0;
    for (let i = 0; i <= k; i++) sum += a[i] * b[k - i];
    return sum;
  });
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
