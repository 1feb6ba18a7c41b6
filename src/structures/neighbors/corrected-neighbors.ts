import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import { once } from '../../core/once.ts';
import { counted } from '../../core/text.ts';
import type { Engine, MaybePromise } from '../../engine/engine.ts';
import { squaredDistance } from '../../engine/kernels/squared-distance.ts';
import { cosineMoments } from './cosine-moments.ts';
import {
  csls,
  empiricalMutualProximity,
  localScaling,
  mutualProximity,
  reranked,
  scored,
} from './hub-corrections.ts';
import { centeredDirections, rankToNormal } from './rank-to-normal.ts';

/** The corrections of neighbours against hubs, by name. */
export const HUB_CORRECTIONS = [
  'centring',
  'local scaling',
  'CSLS',
  'mutual proximity (normal)',
  'mutual proximity (empirical)',
  'rank to normal',
  'rank to normal, mutual proximity',
] as const;
export type HubCorrectionName = (typeof HUB_CORRECTIONS)[number];

/** Re-ranked lists, and a sentence where a correction does not suit the data. */
export interface CorrectedNeighbors {
  readonly name: HubCorrectionName;
  readonly graph: KnnGraph;
  readonly warnings: readonly string[];
}

/** What corrections look at besides the lists. */
export interface CorrectedRows {
  /** Unit rows, n × d. */
  readonly points: Matrix;
  readonly engine: Engine;
  /** XᵀX of the points. */
  readonly gram: () => Promise<Matrix<Float64Array>>;
}

/**
 * What a correction makes of the neighbours of all rows: candidates, in order of their distance,
 * come back in the order of their corrected distance. Rows that are no candidates stay out. What two
 * corrections need is found once.
 *
 * @param candidates Lists of all rows, C long; the first k of the result are neighbours.
 * @param k Also the neighbours that local scaling and CSLS look at.
 */
export function hubCorrector(
  { points, engine, gram }: CorrectedRows,
  candidates: KnnGraph,
  k: number,
): (name: HubCorrectionName) => Promise<CorrectedNeighbors> {
  const normalRows = once(async () => {
    const { points: normal, kept } = await rankToNormal(points, engine);
    const columns = counted(kept, 'column has', 'columns have');
    const warnings = kept > 0 ? [`${columns} one value in most rows: ranks say little there.`] : [];
    return { normal, warnings, graph: reranked(candidates, chordsOf(candidates, normal)) };
  });
  const made: Readonly<Record<HubCorrectionName, () => MaybePromise<Corrected>>> = {
    centring: () => by(chordsOf(candidates, centeredDirections(points))),
    'local scaling': () => by(localScaling(candidates, k)),
    CSLS: () => by(csls(candidates, k)),
    'mutual proximity (normal)': async () =>
      by(mutualProximity(candidates, await cosineMoments(points, await gram(), engine))),
    'mutual proximity (empirical)': () => by(empiricalMutualProximity(candidates)),
    'rank to normal': normalRows,
    'rank to normal, mutual proximity': async () => {
      const { normal, graph, warnings } = await normalRows();
      const moments = await cosineMoments(normal, await engine.gram(normal), engine);
      return { graph: reranked(graph, mutualProximity(graph, moments)), warnings };
    },
  };
  const by = (scores: Float64Array) => ({ graph: reranked(candidates, scores), warnings: [] });
  return async (name) => {
    const { graph, warnings } = await made[name]();
    return { name, graph, warnings };
  };
}

type Corrected = Omit<CorrectedNeighbors, 'name'>;

/** The candidates' distances between other rows than those they were found with. */
function chordsOf(candidates: KnnGraph, { data, cols: d }: Matrix): Float64Array {
  return scored(candidates, (_, i, j) => Math.sqrt(squaredDistance(data, i * d, data, j * d, d)));
}
