import { type Matrix, matrix } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';

/** AᵀA/n and Aᵀy/n; `given` is A in the element type that the engine is fast on. */
export async function momentsOf(
  given: Matrix,
  a: Matrix<Float64Array>,
  y: Float64Array,
  engine: Engine,
): Promise<{ readonly gram: Matrix<Float64Array>; readonly cross: Float64Array }> {
  const { rows: n, cols: d } = a;
  const { data } = await engine.gram(given);
  const cross = new Float64Array(d);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < d; c++) cross[c] += (a.data[i * d + c] * y[i]) / n;
  return {
    gram: matrix(
      data.map((x) => x / n),
      d,
      d,
    ),
    cross,
  };
}
