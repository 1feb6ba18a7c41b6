import { type Matrix, rows } from '../../core/matrix.ts';
import { angleOfChord } from '../../core/numeric.ts';
import { unitRows } from '../../core/rows.ts';
import { hubnessSkewness, meanCosine } from '../../families/metrics/index.ts';
import { medianInPlace } from '../../numerics/statistics/averages.ts';
import type { StudyContext } from '../define.ts';
import { measuredAlone } from './measured.ts';

/** How the directions of some words lie. */
export interface Lie {
  /** Mean over pairs. */
  readonly cosine: number;
  /** Median angle to the nearest token of the whole table, degrees. */
  readonly nearest: number;
}

/** How a table of tokens lies, and the most and the least frequent quarter of its words. */
export interface TableGeometry {
  /** Mean over all pairs. */
  readonly cosine: number;
  /** Skewness of the 10-occurrence. */
  readonly hubness: number;
  readonly frequent: Lie;
  readonly rare: Lie;
}

/** Two tokens that are no words come first, then words by falling frequency, as language models of ours have them. */
export async function tableGeometry(study: StudyContext, table: Matrix): Promise<TableGeometry> {
  const { points } = unitRows('table of tokens', table);
  const { distances } = await study.engine.nearest(points, 1);
  const quarter = Math.floor((points.rows - 2) / 4);
  const lie = async (a: number, b: number): Promise<Lie> => ({
    cosine: (await measuredAlone(meanCosine, rows(points, a, b), {}, study)).value,
    nearest: degrees(medianInPlace(Float64Array.from(distances.subarray(a, b)))),
  });
  return {
    cosine: (await measuredAlone(meanCosine, points, {}, study)).value,
    hubness: (await measuredAlone(hubnessSkewness, points, {}, study)).value,
    frequent: await lie(2, 2 + quarter),
    rare: await lie(points.rows - quarter, points.rows),
  };
}

const degrees = (chord: number) => (angleOfChord(chord) * 180) / Math.PI;
