/** A curve y(x) at rising x. */
export interface CurvePoints {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * The first x at which a curve reaches a level, on the line between its points in log x; its first x where that is there
 * already, null where it is nowhere. x above 0.
 */
export function firstCrossing({ x, y }: CurvePoints, level: number): number | null {
  const at = y.findIndex((value) => value >= level);
  if (at < 0) return null;
  if (at === 0) return x[0];
  const share = (level - y[at - 1]) / (y[at] - y[at - 1]);
  return x[at - 1] * (x[at] / x[at - 1]) ** share;
}
