import { type Floats, type Matrix, matrix } from '../../../../core/matrix.ts';
import { log } from '../../../../core/numeric.ts';
import type { Embedded } from '../../types.ts';

/**
 * Points of the hyperboloid of curvature −1, n × (d + 1) with the time first, from space parts in curvature −c; and the
 * distance of each from the origin, in curvature −1: small for what is general.
 */
export function onHyperboloid({ data, rows: n, cols: d }: Matrix, c: number): Embedded {
  const out = new (data.constructor as new (length: number) => Floats)(n * (d + 1));
  const root = Math.sqrt(c);
  const radius = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let k = 0; k < d; k++) {
      const value = root * data[i * d + k];
      out[i * (d + 1) + 1 + k] = value;
      squared += value * value;
    }
    out[i * (d + 1)] = Math.sqrt(1 + squared);
    radius[i] = log(Math.sqrt(squared) + Math.sqrt(1 + squared));
  }
  return { points: matrix(out, n, d + 1), columns: { radius } };
}
