import { checksumOf } from '../../../core/checksum.ts';
import type { KnnGraph } from '../../../core/graph.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { componentsOf } from '../../../structures/neighbors/components.ts';
import { type NeighborGraph, neighborGraph } from '../../../structures/neighbors/neighbor-graph.ts';
import type { FitContext } from '../types.ts';
import type { EdgeSampler } from './edge-samplers.ts';
import type { Edges } from './layout-edges.ts';
import { evenlySpaced, runLayout } from './layout-run.ts';
import { givenStart, type Start, startOf } from './layout-start.ts';
import { type EdgeForces, edgeSteps } from './layout-steps.ts';
import { sphereSteps, unitRowsInPlace } from './sphere-steps.ts';

/** Neighbours of rows, and what is to be said about them. */
export interface MapGraph extends NeighborGraph {
  readonly parts: number;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

/** The k nearest other rows of each row, with a sentence where a map of them says less than it seems to. */
export async function mapGraph(
  points: Matrix,
  neighbors: number,
  { engine, random, run }: FitContext,
): Promise<MapGraph> {
  const { signal, neighbors: known } = run.options;
  const found = await neighborGraph(points, neighbors, {
    engine,
    random: random.fork('neighbors'),
    neighbors: known,
    signal,
  });
  const { graph, recall } = found;
  const parts = componentsOf(graph, points.rows);
  const duplicates = rowsAmongDuplicates(graph);
  const warnings = [
    ...found.warnings,
    ...(graph.k < neighbors
      ? [`${points.rows} rows have ${graph.k} neighbours each; ${neighbors} were asked for.`]
      : []),
    ...(parts.length > 1
      ? [
          `The graph of neighbours falls into ${parts.length} parts, the largest of ${parts[0].length} rows: where they lie to one another means nothing. More neighbours may join them.`,
        ]
      : []),
    ...(duplicates > 0
      ? [
          `${duplicates} rows have only copies of themselves among their ${graph.k} neighbours: the map draws such copies as a cloud. Leave copies out, or take more neighbours.`,
        ]
      : []),
  ];
  const facts = recall ? { neighbors: graph.k, graphRecall: recall.value } : { neighbors: graph.k };
  return { ...found, parts: parts.length, facts, warnings };
}

export interface EdgeMap {
  readonly id: string;
  readonly dim: number;
  readonly start: Start;
  readonly edges: Edges;
  /** Asked for when the rows have their start: both take room. */
  readonly sampler: () => EdgeSampler;
  readonly forces: EdgeForces;
  /** The rate at the end, as a share of that at the start; it falls along a line. */
  readonly lowestRate: number;
  /** Whether rows lie on the unit sphere of the map's space, and forces are those of `sphereForces`. */
  readonly onSphere?: boolean;
  /** Options that decide the layout besides edges and start. */
  readonly settings: unknown;
}

/** A layout of rows by the edges between them, n × m. */
export async function mapByEdges(
  points: Matrix,
  map: EdgeMap,
  context: FitContext,
): Promise<Matrix<Float64Array>> {
  const run = await begunByEdges(points, map, context);
  return run();
}

/** What moves the rows from their start: it keeps the sampler alone, not the edges. */
export async function begunByEdges(
  points: Matrix,
  { id, dim, start, edges, sampler, forces, lowestRate, settings, onSphere = false }: EdgeMap,
  context: FitContext,
): Promise<() => Promise<Matrix<Float64Array>>> {
  const layout =
    givenStart(id, context.run.options, points.rows, dim) ??
    (await startOf(start, points, edges, dim, context));
  if (onSphere) unitRowsInPlace(layout);
  const stepsOf = onSphere ? sphereSteps : edgeSteps;
  const drawn = sampler();
  const advance = stepsOf(layout, drawn, forces, context.random.fork('negatives'));
  const said = context.run.options.checkpoint ? identityOf(settings, edges, layout) : {};
  return () => moved(id, layout, drawn.steps, advance, { lowestRate, said }, context);
}

function identityOf(settings: unknown, { heads, tails, weights }: Edges, layout: Matrix) {
  return {
    settings: JSON.stringify(settings),
    edges: checksumOf(heads, tails, weights, layout.data),
  };
}

async function moved(
  id: string,
  layout: Matrix<Float64Array>,
  steps: number,
  advance: (step: number, rate: number) => void,
  { lowestRate, said }: { lowestRate: number; said: Readonly<Record<string, string>> },
  { run }: FitContext,
): Promise<Matrix<Float64Array>> {
  const { data: places, cols: dim } = layout;
  const moving = {
    steps,
    state: { places },
    places,
    dim,
    ...evenlySpaced(steps),
    identity: () => said,
    step: (at: number) => advance(at, Math.max(lowestRate, 1 - at / steps)),
  };
  await runLayout(id, moving, run);
  return layout;
}

/** Rows whose neighbours all lie at distance 0. */
function rowsAmongDuplicates({ distances, n, k }: KnnGraph): number {
  let count = 0;
  for (let i = 0; i < n; i++) if (distances[i * k + k - 1] === 0) count += 1;
  return count;
}
