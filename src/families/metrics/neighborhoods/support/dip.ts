/**
 * The dip of Hartigan and Hartigan (1985): the least distance sup |F − G| between the distribution
 * function F of a sample and those G that have one mode, convex before it and concave after.
 */

/** Where F jumps: to how many of the n values are below (`before`) and not above (`after`) each value. */
interface Steps {
  readonly x: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** The dip of n values, ascending; between 1/(2n) and ¼. */
export function dipOf(sorted: ArrayLike<number>): number {
  const n = sorted.length;
  const steps = stepsOf(sorted);
  let [low, high] = [0, steps.x.length - 1];
  // In counts, and twice the dip: a G half way between bounds is off by half their distance.
  let dip = 1;
  while (low < high) {
    const minorant = hull(steps.x, steps.before, low, high, 1);
    const majorant = hull(steps.x, steps.after, low, high, -1);
    const { gap, left, right } = widest(steps, minorant, majorant);
    if (gap <= dip) break;
    dip = Math.max(
      dip,
      farthest(steps.x, steps.before, steps.after, minorant, [low, left], left),
      farthest(steps.x, steps.after, steps.before, majorant, [right, high], right),
    );
    // An interval that does not shrink would come again.
    if (left === low && right === high) break;
    [low, high] = [left, right];
  }
  return dip / (2 * n);
}

function stepsOf(sorted: ArrayLike<number>): Steps {
  const n = sorted.length;
  const [x, before, after] = [0, 0, 0].map(() => new Float64Array(n));
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) {
      after[count - 1] = i + 1;
      continue;
    }
    [x[count], before[count], after[count]] = [sorted[i], i, i + 1];
    count += 1;
  }
  return {
    x: x.subarray(0, count),
    before: before.subarray(0, count),
    after: after.subarray(0, count),
  };
}

/** Corners of the greatest convex minorant (side 1) or least concave majorant (side −1) of the points. */
function hull(x: Float64Array, y: Float64Array, low: number, high: number, side: number): number[] {
  const corners: number[] = [];
  for (let i = low; i <= high; i++) {
    while (corners.length > 1) {
      const b = corners[corners.length - 1];
      const a = corners[corners.length - 2];
      const turn = (y[b] - y[a]) * (x[i] - x[a]) - (y[i] - y[a]) * (x[b] - x[a]);
      if (side * turn < 0) break;
      corners.pop();
    }
    corners.push(i);
  }
  return corners;
}

/** The largest distance between the two hulls at their corners, and the interval that it leaves. */
function widest({ x, before, after }: Steps, minorant: number[], majorant: number[]) {
  let [gap, left, right] = [-Infinity, minorant[0], majorant[majorant.length - 1]];
  let at = 0;
  for (const corner of minorant) {
    while (majorant[at + 1] < corner) at += 1;
    const next = Math.min(at + 1, majorant.length - 1);
    const distance = line(x, after, majorant[at], majorant[next], corner) - before[corner];
    // The corner of the majorant at this place or the next one to its right.
    const end = majorant[at] === corner ? majorant[at] : majorant[next];
    if (distance > gap) [gap, left, right] = [distance, corner, end];
  }
  at = 0;
  for (const corner of majorant) {
    while (at + 1 < minorant.length && minorant[at + 1] <= corner) at += 1;
    const next = Math.min(at + 1, minorant.length - 1);
    const distance = after[corner] - line(x, before, minorant[at], minorant[next], corner);
    if (distance > gap) [gap, left, right] = [distance, minorant[at], corner];
  }
  return { gap, left, right };
}

/**
 * How far the other side of the steps is from a hull, between two of its corners. The corner next to the
 * mode is left out: if the mode is there G may jump too, and if not, the next interval begins with it.
 */
function farthest(
  x: Float64Array,
  y: Float64Array,
  other: Float64Array,
  corners: readonly number[],
  [from, to]: readonly [number, number],
  mode: number,
): number {
  let most = 0;
  for (let c = 0; c + 1 < corners.length; c++) {
    const [a, b] = [corners[c], corners[c + 1]];
    if (a < from || b > to) continue;
    for (let i = a; i <= b; i++) {
      if (i !== mode) most = Math.max(most, Math.abs(other[i] - line(x, y, a, b, i)));
    }
  }
  return most;
}

/** The height at x_i of the line through the points a and b. */
function line(x: Float64Array, y: Float64Array, a: number, b: number, i: number): number {
  return a === b ? y[a] : y[a] + ((y[b] - y[a]) * (x[i] - x[a])) / (x[b] - x[a]);
}
