import { OptionError, ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Directions } from './directions.ts';

/**
 * Rows moved along named directions, n × d: x + Σ tₖ·ℓₖ·basisₖ, with t the times given by name and ℓ the fact
 * `length of NAME`, 1 where there is none.
 */
export function shifted(
  { basis, names, provenance }: Pick<Directions, 'basis' | 'names' | 'provenance'>,
  rows: Matrix,
  times: Readonly<Record<string, number>>,
): Matrix<Float64Array> {
  const { cols: d } = basis;
  if (rows.cols !== d) throw new ShapeError('directions', `rows of ${d} numbers`, `${rows.cols}`);
  const step = new Float64Array(d);
  for (const [name, count] of Object.entries(times)) {
    const k = names.indexOf(name);
    if (k < 0) throw new OptionError('directions', 'name', `one of ${names.join(', ')}`, name);
    const length = count * (provenance.facts[`length of ${name}`] ?? 1);
    for (let c = 0; c < d; c++) step[c] += length * basis.data[k * d + c];
  }
  const data = Float64Array.from(rows.data, (x, e) => x + step[e % d]);
  return matrix(data, rows.rows, d);
}
