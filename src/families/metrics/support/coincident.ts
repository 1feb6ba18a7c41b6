/** Unit rows closer than this differ by rounding only: of float32, of float64. */
const SAME_32 = 1e-6;
const SAME_64 = 1e-12;

/** The distance up to which two of these unit rows count as one. */
export function sameDistance(isFloat32: boolean): number {
  return isFloat32 ? SAME_32 : SAME_64;
}
