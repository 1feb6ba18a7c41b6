import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { squaredDistance } from '../../kernels/squared-distance.ts';
import type { Space } from '../contract.ts';
import { cosineMoments } from './cosine-moments.ts';
import {
  csls,
  empiricalMutualProximity,
  localScaling,
  mutualProximity,
  reranked,
  scored,
} from './hub-corrections.ts';
import { centered, rankToNormal } from './rank-to-normal.ts';

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

/**
 * What each correction makes of the neighbours of all rows: candidates, in order of their distance,
 * come back in the order of their corrected distance. Rows that are no candidates stay out.
 *
 * @param candidates Lists of all rows of the space, C long; the first k of the result are neighbours.
 * @param k Also the neighbours that local scaling and CSLS look at.
 */
export async function correctedNeighbors(
  space: Space,
  candidates: KnnGraph,
  k: number,
): Promise<readonly CorrectedNeighbors[]> {
  const { points, engine } = space;
  const normal = await rankToNormal(points, engine);
  const byNormal = reranked(candidates, chordsOf(candidates, normal.points));
  const moments = await cosineMoments(points, await space.gram(), engine);
  const gram = await engine.gram(normal.points);
  const normalMoments = await cosineMoments(normal.points, gram, engine);
  const skipped =
    normal.kept > 0
      ? [
          `${counted(normal.kept, 'column has', 'columns have')} one value in most rows: ranks say little there.`,
        ]
      : [];
  const by = (name: HubCorrectionName, scores: Float64Array) => ({
    name,
    graph: reranked(candidates, scores),
    warnings: [],
  });
  return [
    by('centring', chordsOf(candidates, centered(points))),
    by('local scaling', localScaling(candidates, k)),
    by('CSLS', csls(candidates, k)),
    by('mutual proximity (normal)', mutualProximity(candidates, moments)),
    by('mutual proximity (empirical)', empiricalMutualProximity(candidates)),
    { name: 'rank to normal', graph: byNormal, warnings: skipped },
    {
      name: 'rank to normal, mutual proximity',
      graph: reranked(byNormal, mutualProximity(byNormal, normalMoments)),
      warnings: skipped,
    },
  ];
}

/** The candidates' distances between other rows than those they were found with. */
function chordsOf(candidates: KnnGraph, { data, cols: d }: Matrix): Float64Array {
  return scored(candidates, (_, i, j) => Math.sqrt(squaredDistance(data, i * d, data, j * d, d)));
}
