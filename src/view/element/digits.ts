/** A coordinate of an SVG, with one decimal at most. */
export function digits(x: number): string {
  return String(Math.round(10 * x) / 10);
}
