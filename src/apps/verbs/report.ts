import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import { angleOfChord } from '../../core/numeric.ts';
import { VERSION } from '../../core/version.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import { rowOfList } from '../../structures/neighbors/neighbor-lists.ts';
import type { AngleHistogram } from '../../structures/uniform/angle-histogram.ts';
import type { Finding } from '../doctor/contract.ts';
import type {
  AngleHistograms,
  Baselines,
  Hubs,
  NeighborChanges,
  ReportData,
} from '../report/contract.ts';
import type { DisperseResult } from './disperse.ts';
import { meanCosineBetween } from './fidelity-weight.ts';
import type { MeasureDetails, MeasureResult } from './measure.ts';
import { sphereSample } from './support/sphere-sample.ts';

/** A measurement and what its numbers were made from. */
export interface Inspection {
  readonly measurement: MeasureResult;
  readonly details: MeasureDetails;
}

export interface ReportInput {
  /** Name of the file or data set. */
  readonly source: string;
  /** What a row of the file is called, by its number. Default: `row 5`. */
  readonly nameOf?: ((row: number) => string) | undefined;
  readonly before: Inspection;
  /** What was done and what came of it; left out, the report is of a measurement alone. */
  readonly spread?:
    | { readonly result: DisperseResult; readonly after: Inspection; readonly recipe: unknown }
    | undefined;
  readonly baselines?: Baselines | undefined;
  /** Every measured number, for a section of each family. */
  readonly metrics?: readonly MetricRow[] | undefined;
  readonly findings?: readonly Finding[] | undefined;
  readonly notes?: readonly string[] | undefined;
  /** Wall time of the whole job. */
  readonly seconds: number;
}

const CHANGED_ROWS = 12;
const HUB_ROWS = 10;

/** Gathers what the report shows. */
export function reportData(input: ReportInput): ReportData {
  const { before, spread } = input;
  const { n, d, engine } = before.measurement;
  const after = spread?.after;
  const { nameOf = (row: number) => `row ${row}` } = input;
  const labelOf = (row: number) => nameOf(before.details.rows?.[row] ?? row);
  const numbers = (side: Inspection) => ({ ...side.measurement });
  return {
    title: spread ? `${input.source}, spread` : input.source,
    source: input.source,
    n,
    d,
    engine,
    seconds: input.seconds,
    versions: { tammes: VERSION },
    treatment: spread && treatmentOf(spread.result),
    before: numbers(before),
    after: after && numbers(after),
    nulls: before.measurement.null,
    moved: spread && movedBetween(spread.result.start, spread.result.points),
    pairwise: histograms(before.details.pairAngles, after?.details.pairAngles),
    nearest: histograms(before.details.nearestAngles, after?.details.nearestAngles),
    spectrum: {
      before: before.details.singularValues,
      after: after?.details.singularValues,
    },
    loss: spread && {
      name: spread.result.objective,
      steps: spread.result.history.map(({ step }) => step),
      losses: spread.result.history.map(({ loss }) => loss),
    },
    sphere: sphereSample(before.details.points, after?.details.points, labelOf),
    neighbors: after && neighborChanges(before.details, after.details, labelOf),
    hubs: hubs(before.details, after?.details, labelOf),
    baselines: input.baselines,
    metrics: input.metrics,
    findings: input.findings,
    recipe: spread?.recipe,
    notes: [...before.measurement.warnings, ...(input.notes ?? [])],
  };
}

function treatmentOf({ objective, steps, optimizer }: DisperseResult): string {
  return `${objective}; ${steps} steps of ${optimizer}`;
}

/** Mean angle and mean cosine between rows of the same number. */
export function movedBetween(
  start: Matrix,
  points: Matrix,
): { readonly meanAngleDeg: number; readonly meanCosine: number } {
  const { data: x, rows: n, cols: d } = points;
  let angles = 0;
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let c = i * d; c < (i + 1) * d; c++) squared += (x[c] - start.data[c]) ** 2;
    angles += angleOfChord(Math.sqrt(squared));
  }
  return {
    meanAngleDeg: ((angles / n) * 180) / Math.PI,
    meanCosine: meanCosineBetween(start, points),
  };
}

function histograms(before: AngleHistogram, after?: AngleHistogram): AngleHistograms {
  const { edgesDeg, counts, nullDensity, sampled } = before;
  return { edgesDeg, before: counts, after: after?.counts, nullDensity, sampled };
}

function hubs(
  before: MeasureDetails,
  after: MeasureDetails | undefined,
  labelOf: (row: number) => string,
): Hubs {
  const named = (details: MeasureDetails) =>
    details.hubs.slice(0, HUB_ROWS).map(({ row, count }) => ({ label: labelOf(row), count }));
  return { k: before.neighbors.k, before: named(before), after: after && named(after) };
}

/** The rows that keep fewest of their neighbours; of equal ones those that come first. */
function neighborChanges(
  { neighbors: before }: MeasureDetails,
  { neighbors: after }: MeasureDetails,
  labelOf: (row: number) => string,
): NeighborChanges {
  const { n, k } = before;
  const of = (graph: KnnGraph, row: number) => [...graph.indices.subarray(row * k, (row + 1) * k)];
  const overlaps = new Int32Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const old = new Set(of(before, i));
    overlaps[i] = of(after, i).filter((j) => old.has(j)).length;
    sum += overlaps[i];
  }
  const rows = Int32Array.from(overlaps.keys()).sort((a, b) => overlaps[a] - overlaps[b] || a - b);
  const labels = (graph: KnnGraph, row: number) => of(graph, row).map(labelOf);
  return {
    k,
    meanOverlap: sum / n,
    rows: Array.from(rows.subarray(0, CHANGED_ROWS), (row) => ({
      label: labelOf(rowOfList(before, row)),
      before: labels(before, row),
      after: labels(after, row),
      overlap: overlaps[row],
    })),
  };
}
