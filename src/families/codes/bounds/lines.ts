import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import type { Bound } from './bound.ts';
import { exactBound, requirePoints, tightestFirst } from './bound.ts';
import { sphereBounds } from './sphere.ts';

/**
 * Lower bounds on μ = max |cos| of n lines through the origin of R^d, tightest first.
 *
 * Welch (the relative bound): μ² ≥ (n − d)/(d(n − 1)). For n > d(d + 1)/2 also the orthoplex bound
 * μ² ≥ 1/d and Levenshtein's μ² ≥ (3n − d² − 2d)/((d + 2)(n − d)). The 2n ends of the lines are a code
 * on the sphere, so every bound on 2n points counts too.
 */
export function lineBounds(n: number, d: number): Bound[] {
  requirePoints('lineBounds', n, d);
  if (n <= d) {
    const how = 'orthogonal lines exist';
    return [exactBound({ name: 'orthogonality', source: 'elementary', how }, K.fraction(0))];
  }
  const bounds = [
    closedForm('Welch', 'Welch, Lower bounds on the maximum cross correlation of signals, 1974', [
      n - d,
      d,
      n - 1,
    ]),
  ];
  if (2 * n > d * (d + 1)) {
    const conway = 'Conway, Hardin, Sloane, Packing lines, planes, etc., 1996';
    bounds.push(closedForm('orthoplex', conway, [1, d, 1]));
    const source =
      'Levenshtein, Bounds on the maximal cardinality of a code with bounded modulus, 1982';
    bounds.push(closedForm('Levenshtein (lines)', source, [3 * n - d * d - 2 * d, d + 2, n - d]));
  }
  for (const bound of sphereBounds(2 * n, d)) {
    if (bound.cosine >= 0) bounds.push({ ...bound, name: `${bound.name} on the ${2 * n} ends` });
  }
  return tightestFirst(bounds);
}

/** μ = √(top/(left · right)). */
function closedForm(
  name: string,
  source: string,
  [top, left, right]: [number, number, number],
): Bound {
  const square = Q.rational(top, BigInt(left) * BigInt(right));
  const how = `closed form, μ² ≥ ${Q.rationalText(square)}`;
  return exactBound({ name, source, how }, K.squareRoot(square));
}
