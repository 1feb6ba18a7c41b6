import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import { qr } from '../../numerics/decompositions/index.ts';
import { meanSquare } from '../../structures/spectra/principal-axes.ts';

/** The rows times a random rotation, with normal noise whose length is that share of theirs. */
export async function turnedWithNoise(
  points: Matrix<Float32Array>,
  share: number,
  random: Random,
  engine: Engine,
): Promise<Matrix<Float32Array>> {
  const { cols: d, rows: n } = points;
  const normal = new Float64Array(d * d);
  random.fork('turn').normals(normal);
  const turn = matrix(Float32Array.from(qr(matrix(normal, d, d)).q.data), d, d);
  const { data } = await engine.matmul(points, turn);
  const noise = new Float64Array(n * d);
  random.fork('noise').normals(noise);
  const size = share * Math.sqrt(meanSquare(points) / d);
  return matrix(
    Float32Array.from(data, (x, e) => x + size * noise[e]),
    n,
    d,
  );
}
