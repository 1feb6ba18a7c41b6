import { alike, gathered, type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { pow } from '../../../core/numeric.ts';
import {
  type PathGraph,
  pathGraph,
  shortestPathsFrom,
} from '../../../structures/neighbors/graph-paths.ts';
import type { FitContext, FittedClasses, LabeledRows } from '../types.ts';
import { asColumn, rowsByClass, scoresByNearest } from './class-prototypes.ts';

interface GeodesicOptions {
  readonly count: number;
  readonly landmarks: number;
  readonly k: number;
  readonly power: number;
}

/** Landmarks joined to a graph; prototypes are landmarks, each farthest along paths from those before. */
export async function fitGeodesic(
  rows: LabeledRows,
  { count, landmarks, k, power }: GeodesicOptions,
  { engine, random, run, work }: FitContext,
) {
  const drawn = rowsByClass(rows, landmarks, random.fork('landmarks'));
  const points = gathered(
    rows.points,
    drawn.flatMap((own) => [...own]),
  );
  const graph = await pathGraph(points, { k, power }, engine, work);
  const paths: Float64Array[] = [];
  const owners: number[] = [];
  let first = 0;
  for (const [c, { length }] of drawn.entries()) {
    await run.tick({ stage: 'prototypes', done: c / drawn.length });
    for (const own of farApart(graph, first, length, count)) {
      paths.push(own);
      owners.push(c);
    }
    first += length;
  }
  const lengths = zeros64(points.rows, paths.length);
  for (const [p, own] of paths.entries())
    own.forEach((length, l) => {
      lengths.data[l * paths.length + p] = length;
    });
  return {
    settings: { distance: 'geodesic', k, power },
    arrays: { landmarks: points, lengths, owners: asColumn(Float64Array.from(owners)) },
    facts: { prototypes: owners.length },
  };
}

/** Paths to all from some of the landmarks from `first` on: the one in the middle of all, then those farthest from these. */
function farApart(graph: PathGraph, first: number, size: number, count: number): Float64Array[] {
  const nearest = shortestPathsFrom(graph, first);
  const found: Float64Array[] = [];
  while (found.length < Math.min(count, size)) {
    const next = found.length === 0 ? middleOf(graph, first, size) : farthest(nearest, first, size);
    const own = shortestPathsFrom(graph, next);
    for (let l = 0; l < graph.n; l++)
      nearest[l] = found.length === 0 ? own[l] : Math.min(nearest[l], own[l]);
    found.push(own);
  }
  return found;
}

/** Halfway between two landmarks that are far apart. */
function middleOf(graph: PathGraph, first: number, size: number): number {
  const one = farthest(shortestPathsFrom(graph, first), first, size);
  const from = shortestPathsFrom(graph, one);
  const to = shortestPathsFrom(graph, farthest(from, first, size));
  let best = first;
  for (let l = first; l < first + size; l++)
    if (Math.max(from[l], to[l]) < Math.max(from[best], to[best])) best = l;
  return best;
}

function farthest(distances: Float64Array, first: number, size: number): number {
  let best = first;
  for (let l = first; l < first + size; l++) if (distances[l] > distances[best]) best = l;
  return best;
}

export async function scoreGeodesic(
  fitted: FittedClasses,
  rows: Matrix,
  context: Pick<FitContext, 'engine' | 'work'>,
) {
  const lengths = await geodesicLengths(fitted, rows, context);
  return scoresByNearest(lengths, fitted.arrays['owners'].data, fitted.names.length);
}

/** r × P: to the nearest landmarks, and along the shortest path on from there. */
export async function geodesicLengths(
  { settings, arrays: { landmarks, lengths } }: FittedClasses,
  rows: Matrix,
  { engine, work }: Pick<FitContext, 'engine' | 'work'>,
): Promise<Matrix<Float64Array>> {
  const k = Math.min(Number(settings['k']), landmarks.rows);
  const near = await engine.nearestAmong(rows, alike(landmarks, rows), k, work);
  const count = lengths.cols;
  const out = new Float64Array(rows.rows * count).fill(Infinity);
  for (let e = 0; e < rows.rows * k; e++) {
    const step = pow(near.distances[e], Number(settings['power']));
    const [to, from] = [Math.floor(e / k) * count, near.indices[e] * count];
    for (let p = 0; p < count; p++)
      out[to + p] = Math.min(out[to + p], step + lengths.data[from + p]);
  }
  return matrix(out, rows.rows, count);
}
