import type { Bound } from './bound.ts';
import { requirePoints, tightestFirst } from './bound.ts';
import { levenshtein } from './levenshtein.ts';
import { fejesToth, planar } from './planar.ts';
import { rankin } from './rankin.ts';
import { sixHundredCell } from './six-hundred-cell.ts';

/** Every closed-form bound on n points of the unit sphere in R^d, tightest first. */
export function sphereBounds(n: number, d: number): Bound[] {
  requirePoints('upperBounds', n, d);
  const exactHere = rankin(n, d);
  if (exactHere && d !== 1) return [exactHere];
  const all = [exactHere, planar(n, d), fejesToth(n, d), levenshtein(n, d), sixHundredCell(n, d)];
  return tightestFirst(all.filter((bound) => bound !== undefined));
}
