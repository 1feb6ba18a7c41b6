import { Random } from '../../src/core/random.ts';
import { write } from '../../src/io/index.ts';
import { powerSpherical } from '../../src/manifolds/index.ts';

/** 300 rows about one direction of R⁶, as npy and, with labels, as CSV. */
export async function writePoints(at: (name: string) => string): Promise<void> {
  const mean = Float64Array.of(1, 0, 0, 0, 0, 0);
  const points = powerSpherical(300, mean, 20, Random.fromSeed(5));
  const labels = Array.from({ length: 300 }, (_, i) => `word ${i}, "quoted"`);
  await write(at('points.npy'), { points });
  await write(at('points.csv'), { points, labels });
}
