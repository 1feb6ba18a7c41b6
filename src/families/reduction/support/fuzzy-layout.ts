import { alike, type Matrix } from '../../../core/matrix.ts';
import type { Fitted } from '../../../learning/index.ts';
import type { OptionsOf } from '../../../method/options.ts';
import type { Fit, FitContext, PlaceContext } from '../types.ts';
import type { commonOptions } from './common-options.ts';
import { type DistanceCurve, distanceCurve } from './distance-curve.ts';
import { scheduledEdges } from './edge-samplers.ts';
import { curveLaws, epochsFor, type fuzzyOptions, fuzzyUnion } from './fuzzy-map.ts';
import { forcesOf } from './layout-forces.ts';
import { placedAmong } from './layout-placing.ts';
import { begunByEdges, mapGraph } from './map-by-edges.ts';
import { meanDistanceOf, memberships } from './membership.ts';
import { sphereForces } from './sphere-steps.ts';

/** The most that one coordinate moves at once, at rate 1. */
const CLIP = 4;

type Options = OptionsOf<typeof commonOptions & typeof fuzzyOptions>;

/** A map of fuzzy neighbourhoods in flat space, or on a sphere of that radius. */
export async function fuzzyLayout(
  id: string,
  points: Matrix,
  options: Options,
  context: FitContext,
  radius?: number,
): Promise<Fit> {
  const { run, ...known } = await begun(id, points, options, context, radius);
  const layout = await run();
  const onSphere = radius === undefined ? {} : { radius };
  const { neighbors, meanDistance, curve, facts, warnings } = known;
  const { negatives } = options;
  return {
    settings: { neighbors, negatives, meanDistance, ...onSphere, ...curve },
    arrays: { rows: points, layout },
    points: alike(layout, points),
    facts,
    warnings,
  };
}

/** The map at its start. Its edges end with this function: of a million rows they take as much as the rows. */
async function begun(
  id: string,
  points: Matrix,
  options: Options,
  context: FitContext,
  radius: number | undefined,
) {
  const { dim, k, minDist, spread, negatives } = options;
  const { edges, ...known } = await fuzzyEdges(points, k, context);
  const { parts, facts } = known;
  const curve = distanceCurve(minDist, spread);
  const epochs = epochsFor(options.epochs, points);
  const start = parts > 1 && options.start === 'spectral' ? 'pca' : options.start;
  const map = {
    id,
    dim,
    start,
    edges,
    sampler: () => scheduledEdges(edges, epochs, context.random.fork('order')),
    forces: { ...forcesIn(curve, radius), negatives, negativesMove: false },
    lowestRate: 0,
    onSphere: radius !== undefined,
    settings: options,
  };
  return {
    ...known,
    run: await begunByEdges(points, map, context),
    curve,
    facts: { ...facts, edges: edges.weights.length, epochs, parts },
  };
}

/** The fuzzy graph of the neighbours, whose lists end with this function. */
async function fuzzyEdges(points: Matrix, k: number, context: FitContext) {
  const { graph, parts, facts, warnings } = await mapGraph(points, k - 1, context);
  const meanDistance = meanDistanceOf(graph);
  const edges = fuzzyUnion(graph, meanDistance);
  return { edges, neighbors: graph.k, meanDistance, parts, facts, warnings };
}

type Settings = Readonly<Record<'neighbors' | 'negatives' | 'meanDistance' | 'a' | 'b', number>> & {
  readonly radius?: number;
};

/** Where new rows lie in such a map. */
export function placedInFuzzyLayout(
  { settings, arrays: { rows, layout } }: Fitted,
  queries: Matrix,
  context: PlaceContext,
): Promise<Matrix> {
  const { neighbors, negatives, meanDistance, radius, a, b } = settings as unknown as Settings;
  const map = {
    rows,
    layout,
    neighbors,
    weightsOf: (graph: Parameters<typeof memberships>[0]) => memberships(graph, meanDistance),
    ...forcesIn({ a, b }, radius),
    negatives,
    onSphere: radius !== undefined,
  };
  return placedAmong(map, queries, context);
}

/** Forces between rows of a map in flat space, or on a sphere of that radius, and the longest step. */
export function forcesIn(curve: DistanceCurve, radius?: number) {
  const { attraction, repulsion } = curveLaws(curve);
  return radius === undefined
    ? { forces: forcesOf(attraction, repulsion), clip: CLIP }
    : { forces: sphereForces(attraction, repulsion, radius), clip: CLIP / radius };
}
