/** Lengths that differ by less than this share are those of unit rows, rounded. */
const ROUNDED = 1e-3;

/** What to say where rows of different lengths are read as directions alone. */
export function leftOutLengths(norms: Float64Array, wayOut: string): readonly string[] {
  let [least, most] = [Infinity, 0];
  for (const norm of norms) {
    least = Math.min(least, norm);
    most = Math.max(most, norm);
  }
  if (most <= (1 + ROUNDED) * least) return [];
  const range = `${least.toPrecision(3)} to ${most.toPrecision(3)}`;
  return [`Rows are read as directions: lengths from ${range} are left out. ${wayOut}`];
}
