import { Z95 } from '../../../numerics/laws/normal.ts';
import { meanEstimate } from '../../../numerics/statistics/intervals.ts';
import type { Pair } from '../types.ts';
import { type ShapeParts, turnedNuclearNorms } from './nuclear.ts';

/** ‖AᵀB‖_∗/(‖A‖·‖B‖) of the rows as they are. */
export interface PlugInLikeness {
  readonly likeness: number;
  /** Half of its 95 % interval by the choice of rows; not finite for too few. */
  readonly half: number;
  /** The same number with one space turned at random, one a draw. */
  readonly draws: readonly number[];
}

export async function plugInLikeness(pair: Pair, parts: ShapeParts): Promise<PlugInLikeness> {
  const { n } = pair;
  const scale = Math.sqrt(parts.a * parts.b);
  const likeness = Math.min(1, parts.nuclear / scale);
  const influence = parts.rows.nuclear.map(
    (along, i) =>
      likeness *
      n *
      (along / parts.nuclear - parts.rows.a[i] / parts.a / 2 - parts.rows.b[i] / parts.b / 2),
  );
  const draws = (await turnedNuclearNorms(pair)).map((norm) => Math.min(1, norm / scale));
  return { likeness, half: Z95 * meanEstimate(influence).standardError, draws };
}
