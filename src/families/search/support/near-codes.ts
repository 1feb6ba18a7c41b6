import { hammingDistancesOf, type WordRows } from '../../../structures/retrieval/hamming.ts';

/**
 * The `count` rows whose codes differ from code q of `asked` in the fewest bits, ascending by row; among equal distances
 * lower rows. Rows whose `allowed` is 0 are left out. O(n·bits/32): a count for each distance says where to stop.
 */
export function nearCodes(
  asked: WordRows,
  q: number,
  codes: WordRows,
  count: number,
  allowed: Uint8Array | undefined,
  distances: Int32Array,
): Int32Array {
  hammingDistancesOf(asked, q, codes, distances);
  const { rows: n, width } = codes;
  const counts = new Int32Array(32 * width + 1);
  for (let i = 0; i < n; i++) if (allowed?.[i] !== 0) counts[distances[i]] += 1;
  let [radius, inside] = [0, 0];
  while (radius < counts.length && inside + counts[radius] <= count) inside += counts[radius++];
  let atRadius = count - inside;
  const found = new Int32Array(count);
  let at = 0;
  for (let i = 0; i < n; i++) {
    if (distances[i] > radius || allowed?.[i] === 0) continue;
    if (distances[i] === radius && atRadius-- <= 0) continue;
    found[at++] = i;
  }
  return found.subarray(0, at);
}
