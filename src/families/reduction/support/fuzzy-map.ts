import type { KnnGraph } from '../../../core/graph.ts';
import { pow } from '../../../core/numeric.ts';
import { integer, number } from '../../../method/options.ts';
import type { DistanceCurve } from './distance-curve.ts';
import { type Edges, undirectedEdges } from './layout-edges.ts';
import { startOption } from './layout-start.ts';
import { memberships } from './membership.ts';

/** Options of maps of fuzzy neighbourhoods. */
export const fuzzyOptions = {
  k: integer(15, 'Nearest rows of each row, itself counted.', { min: 2, symbol: 'k' }),
  minDist: number(0.1, 'Distance in the map up to which rows count as together.', { min: 0 }),
  spread: number(1, 'Scale of distances in the map.', { min: 1e-3, max: 1e3 }),
  epochs: integer(0, 'Rounds over all edges; 0: 500 up to 10,000 rows, 200 beyond.', { min: 0 }),
  negatives: integer(5, 'Rows drawn at random for each edge.', { min: 1, max: 100 }),
  start: startOption('spectral'),
};

/** Keeps the push between rows at the same place finite. */
const SOFTENING = 1e-3;
/** Rows up to which 500 rounds are made where nothing is said. */
const FEW_ROWS = 10_000;

/** Rounds over all edges: as asked, else more for few rows. */
export function epochsFor(asked: number, { rows }: { readonly rows: number }): number {
  return asked || (rows > FEW_ROWS ? 200 : 500);
}

/** The fuzzy union of the neighbourhoods: w = p_ij + p_ji − p_ij·p_ji. */
export function fuzzyUnion(graph: KnnGraph, meanDistance: number): Edges {
  return undirectedEdges(
    graph,
    memberships(graph, meanDistance),
    (there, back) => there + back - there * back,
  );
}

/** The gradients of ln q and ln(1 − q) by the squared distance, over y − other. */
export function curveLaws({ a, b }: DistanceCurve) {
  return {
    attraction: (squared: number) => (-2 * a * b * pow(squared, b - 1)) / (1 + a * pow(squared, b)),
    repulsion: (squared: number) => (2 * b) / ((SOFTENING + squared) * (1 + a * pow(squared, b))),
  };
}
