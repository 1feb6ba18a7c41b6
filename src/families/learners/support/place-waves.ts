import { cos, pow, sin } from '../../../core/numeric.ts';
import { constant, type Tensor } from '../../../learning/index.ts';

/**
 * What tells the places of a sequence apart, t × d: in row p, columns 2i and 2i + 1 are sine and cosine of
 * p/10000^(2i/d) (Vaswani et al. 2017). There is no longest sequence.
 */
export function placeWaves(places: number, dim: number, float64 = false): Tensor {
  const data = float64 ? new Float64Array(places * dim) : new Float32Array(places * dim);
  for (let p = 0; p < places; p++) {
    for (let c = 0; c < dim; c++) {
      const angle = p / pow(10_000, (c - (c % 2)) / dim);
      data[p * dim + c] = c % 2 === 0 ? sin(angle) : cos(angle);
    }
  }
  return constant(data, [places, dim]);
}
