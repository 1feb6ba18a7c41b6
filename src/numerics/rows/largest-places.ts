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
  let e = from;
  for (; e < to && count < k; e++) {
    if (among && among[e - from] === 0) continue;
    insert(values, places, count, data[e], e - from);
    count++;
  }
  if (k === 0) return places;
  let least = values[k - 1];
  for (; e < to; e++) {
    const value = data[e];
    if (!(value > least) || (among && among[e - from] === 0)) continue;
    insert(values, places, k - 1, value, e - from);
    least = values[k - 1];
  }
  return places.subarray(0, count);
}

/** Lists in which going back number by number is faster than looking for the place. */
const SHORT = 32;

/** Puts a value among the first `count`, which descend; what stood behind them is lost. */
function insert(
  values: Float64Array,
  places: Int32Array,
  count: number,
  value: number,
  place: number,
): void {
  let at = count;
  if (count > SHORT) {
    at = placeAbove(values, count, value);
    values.copyWithin(at + 1, at, count);
    places.copyWithin(at + 1, at, count);
  } else
    for (; at > 0 && values[at - 1] < value; at--) {
      values[at] = values[at - 1];
      places[at] = places[at - 1];
    }
  values[at] = value;
  places[at] = place;
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
