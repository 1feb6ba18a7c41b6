import { gathered, type Matrix, zerosLike } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { Engine } from '../../../engine/engine.ts';
import { guttmanStepInPlace } from './smacof.ts';

/**
 * A round of stochastic majorization: cuts the rows into blocks by a new order, and moves the n × m places of each block by
 * `weight` on the way to where one Guttman step within the block would have them, its middle held:
 *
 *     yᵢ ← (1 − w)·yᵢ + w·(ȳ + 1/B Σⱼ (δ_ij/‖yᵢ − yⱼ‖)(yᵢ − yⱼ)),   j over the B rows of the block
 *
 * @param points n × d, less their mean: distances come from products
 */
export async function blockRoundInPlace(
  points: Matrix,
  places: Matrix<Float64Array>,
  most: number,
  weight: number,
  random: Random,
  engine: Engine,
): Promise<void> {
  const n = points.rows;
  const order = random.sample(n);
  const blocks = Math.ceil(n / most);
  for (let b = 0; b < blocks; b++) {
    const from = Math.floor((b * n) / blocks);
    const rows = order.subarray(from, Math.floor(((b + 1) * n) / blocks));
    const distances = await distancesWithin(gathered(points, rows), engine);
    moveInPlace(places, rows, distances, weight);
  }
}

/** δ_ij for j < i at entry i(i − 1)/2 + j, from inner products. */
async function distancesWithin(block: Matrix, engine: Engine): Promise<Float64Array> {
  const { rows: n } = block;
  const { data } = await engine.matmul(block, block, { transposeB: true });
  const out = new Float64Array((n * (n - 1)) / 2);
  let pair = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const squared = data[i * n + i] + data[j * n + j] - 2 * data[i * n + j];
      out[pair++] = squared > 0 ? Math.sqrt(squared) : 0;
    }
  }
  return out;
}

function moveInPlace(
  places: Matrix<Float64Array>,
  rows: Int32Array,
  distances: Float64Array,
  weight: number,
): void {
  const { cols: m } = places;
  const block = gathered(places, rows);
  const middle = new Float64Array(m);
  for (let e = 0; e < block.data.length; e++) middle[e % m] += block.data[e] / rows.length;
  const moved = { ...block, data: block.data.slice() };
  guttmanStepInPlace(moved, distances, zerosLike(moved).data);
  for (let b = 0; b < rows.length; b++) {
    for (let c = 0; c < m; c++) {
      const at = rows[b] * m + c;
      places.data[at] += weight * (middle[c] + moved.data[b * m + c] - places.data[at]);
    }
  }
}
