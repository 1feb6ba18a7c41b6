import { gathered } from '../../../../core/matrix.ts';
import { exp, log } from '../../../../core/numeric.ts';
import type { Space } from '../../../../structures/space/types.ts';
import { blockCosines, dipDepths } from './dips.ts';

const DRAWS = 40;
const MOST_ROWS = 2000;
const EULER = 0.5772156649015329;

/** The law of the deepest dip of rows in random order. */
export interface ChanceDepth {
  readonly draws: number;
  /** Above which the deepest of all lies with this probability. */
  above(probability: number): number;
  /** With which probability the deepest lies above. */
  probability(depth: number): number;
}

/**
 * Gumbel's law, by the moments of the deepest dip in 40 random orders of at most 2,000 rows; the deepest among n rows
 * is that of n/2,000 such stretches.
 */
export function chanceDepth(space: Space, w: number): ChanceDepth {
  const { points } = space;
  const n = points.rows;
  const rows = Math.max(Math.min(n, MOST_ROWS), 4 * w);
  const random = space.random('order');
  const deepest = Float64Array.from({ length: DRAWS }, (_, r) => {
    const shuffled = gathered(points, random.fork(r).sample(n, rows));
    return dipDepths(blockCosines(shuffled, w), w).reduce((a, b) => Math.max(a, b), 0);
  });
  const mean = deepest.reduce((sum, x) => sum + x, 0) / DRAWS;
  const squares = deepest.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const scale = Math.max(1e-12, (Math.sqrt(squares / (DRAWS - 1)) * Math.sqrt(6)) / Math.PI);
  const mode = mean - EULER * scale + scale * log(n / rows);
  return {
    draws: DRAWS,
    above: (probability) => mode - scale * log(-log(1 - probability)),
    probability: (depth) => 1 - exp(-exp(-(depth - mode) / scale)),
  };
}
