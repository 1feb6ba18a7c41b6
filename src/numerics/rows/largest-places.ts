/**
 * The places of the k largest of the numbers from `from` to `to` (excluded), counted from `from`: the largest first, of
 * equal ones the lower place. Fewer where there are fewer, or where `among` (a number for each place) is 0 for others.
 */
export function largestPlaces(
  data: ArrayLike<number>,
  from: number,
  to: number,
  k: number,
  among?: ArrayLike<number>,
): Int32Array {
  const places = new Int32Array(k);
  const values = new Float64Array(k);
  let count = 0;
  for (let e = from; e < to; e++) {
    if (among && among[e - from] === 0) continue;
    const value = data[e];
    if (count === k && !(value > values[k - 1])) continue;
    const at = placeAbove(values, count, value);
    if (at < k) {
      values.copyWithin(at + 1, at, k - 1);
      places.copyWithin(at + 1, at, k - 1);
      values[at] = value;
      places[at] = e - from;
    }
    if (count < k) count++;
  }
  return places.subarray(0, count);
}

/** The first of `count` descending values that is below the given one. */
function placeAbove(values: Float64Array, count: number, value: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] >= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
