import { pow } from '../../../core/numeric.ts';

/**
 * The digits of ids in a mixed radix, the finest first: id = d₁ + m₁·(d₂ + m₂·(d₃ + …)). As long as Π m ≥ n, no two ids
 * below n have the same digits.
 */
export function digitsOf(ids: ArrayLike<number>, radices: readonly number[]): Int32Array[] {
  let rest = Float64Array.from(ids);
  return radices.map((radix) => {
    const digits = Int32Array.from(rest, (value) => value % radix);
    rest = rest.map((value) => Math.floor(value / radix));
    return digits;
  });
}

/**
 * At most `parts` radices that tell n ids apart: the first as given, the others about as large as one another, none of
 * them 1.
 */
export function radicesFrom(first: number, n: number, parts: number): readonly number[] {
  const radices = [first];
  let rest = Math.ceil(n / first);
  for (let left = parts - 1; left > 0 && rest > 1; left--) {
    const radix = ceilRoot(rest, left);
    radices.push(radix);
    rest = Math.ceil(rest / radix);
  }
  return radices;
}

/** The smallest whole m with mᵏ ≥ n. */
export function ceilRoot(n: number, k: number): number {
  let [low, high] = [1, n];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (pow(middle, k) >= n) high = middle;
    else low = middle + 1;
  }
  return low;
}
