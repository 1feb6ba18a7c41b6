import { gathered, type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import { exp } from '../../core/numeric.ts';
import type { SparseMatrix } from '../../core/sparse.ts';
import {
  graphSimilarity,
  hypergraphSimilarity,
  multiViewCca,
  neighborEdges,
  propagateLabels,
  stackedEdges,
  weightedSimilarity,
} from '../../families/alignment/index.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import type { StudyContext } from '../define.ts';

type Context = Pick<StudyContext, 'engine' | 'signal' | 'seed'>;

/** A view in which classes have prototypes: n × d predictions for the rows, c × d of the classes. */
export interface SemanticView {
  readonly rows: Matrix;
  readonly prototypes: Matrix;
}

/** n × c cosines of rows and prototypes. */
export async function cosines(
  { rows, prototypes }: SemanticView,
  { engine }: Pick<Context, 'engine'>,
): Promise<Matrix> {
  const [x, p] = [unitOrZeroRows(rows).points, unitOrZeroRows(prototypes).points];
  return engine.matmul(x, p, { transposeB: true });
}

/** exp(−‖x̂ − âⱼ‖²/m) of each row and m anchors, m the mean squared distance of anchors: what a kernel machine sees. */
export async function kernelFeatures(
  rows: Matrix,
  anchors: Matrix,
  context: Pick<Context, 'engine'>,
): Promise<Matrix<Float32Array>> {
  const toAnchors = await cosines({ rows, prototypes: anchors }, context);
  const between = (await cosines({ rows: anchors, prototypes: anchors }, context)).data;
  const mean = 2 - 2 * meanOf(between);
  const data = Float32Array.from(toAnchors.data, (cosine) => exp((2 * cosine - 2) / mean));
  return matrix(data, rows.rows, anchors.rows);
}

/** Prototypes moved to the mean of the rows nearest to each, by cosine. */
export async function selfTrained(
  view: SemanticView,
  nearest: number,
  { engine }: Pick<Context, 'engine'>,
): Promise<SemanticView> {
  const { rows, prototypes } = view;
  const [x, p] = [unitOrZeroRows(rows).points, unitOrZeroRows(prototypes).points];
  const k = Math.min(nearest, rows.rows);
  const { indices } = await engine.nearestAmong(p, x, k);
  const moved = matrix(new Float32Array(prototypes.data.length), p.rows, p.cols);
  for (let c = 0; c < p.rows; c++)
    moved.data.set(meanRow(gathered(rows, indices.subarray(c * k, (c + 1) * k))), c * p.cols);
  return { rows, prototypes: moved };
}

/** The class of largest summed score of each row. */
export function bestOf(scores: readonly Matrix[]): Int32Array {
  const [{ rows: n, cols: c }] = scores;
  return Int32Array.from({ length: n }, (_, i) => {
    let [best, most] = [-1, Number.NEGATIVE_INFINITY];
    for (let j = 0; j < c; j++) {
      const score = scores.reduce((sum, { data }) => sum + data[i * c + j], 0);
      if (score > most) [best, most] = [j, score];
    }
    return best;
  });
}

/**
 * Features and semantic views in the space of their canonical correlation: each view's rows with its prototypes, those of
 * the features being the mean of the others'. Features first.
 */
export async function commonViews(
  features: Matrix,
  semantic: readonly SemanticView[],
  power: number,
  { engine, signal }: Context,
): Promise<readonly SemanticView[]> {
  const run = { engine, signal };
  const given = [features, ...semantic.map(({ rows }) => toFloat32(rows))];
  const { place } = await multiViewCca(given, { power }, run);
  const views: SemanticView[] = [];
  for (const [k, { rows, prototypes }] of semantic.entries())
    views.push({
      rows: await place(k + 1, toFloat32(rows), run),
      prototypes: await place(k + 1, toFloat32(prototypes), run),
    });
  const mean = views[0].prototypes.data.map(
    (_, e) => views.reduce((sum, view) => sum + view.prototypes.data[e], 0) / views.length,
  );
  const { rows: c, cols } = views[0].prototypes;
  return [
    { rows: await place(0, features, run), prototypes: matrix(Float32Array.from(mean), c, cols) },
    ...views,
  ];
}

export interface SpreadOptions {
  readonly k: number;
  /** Neighbours of a prototype. */
  readonly ofPrototypes: number;
  /** Weights of the views. */
  readonly weights: readonly number[];
  readonly hyperedges: boolean;
  /** Rows whose class is known, and it; none in zero-shot recognition. */
  readonly known?: ReadonlyMap<number, number>;
}

/** Shares of the graph and of the hyperedges in the similarity. */
const [OF_GRAPH, OF_HYPEREDGES] = [0.25, 0.75];

/** Classes of the rows by labels spread from the prototypes: n. */
export async function spread(
  views: readonly SemanticView[],
  { k, ofPrototypes, weights, hyperedges, known = new Map() }: SpreadOptions,
  { engine, signal, seed }: Context,
): Promise<Int32Array> {
  const run = { engine, signal };
  const all = views.map(({ rows, prototypes }) => below(rows, prototypes));
  const [{ rows: n }, { rows: c }] = [views[0].rows, views[0].prototypes];
  const counts = Int32Array.from({ length: n + c }, (_, i) => (i < n ? k : ofPrototypes));
  const parts = [];
  for (const [v, view] of all.entries()) {
    const similarity = graphSimilarity(await neighborEdges(view, view, { k: counts, seed }, run));
    parts.push({ similarity, weight: weights[v] * (hyperedges ? OF_GRAPH : 1) });
  }
  if (hyperedges) {
    const edges: SparseMatrix[] = [];
    for (const from of all)
      for (const to of all)
        if (from !== to)
          edges.push(await neighborEdges(from, to, { k: counts, itself: true, seed }, run));
    const similarity = hypergraphSimilarity(stackedEdges(edges));
    parts.push({ similarity, weight: OF_HYPEREDGES });
  }
  const labels = Int32Array.from({ length: n + c }, (_, i) =>
    i < n ? (known.get(i) ?? -1) : i - n,
  );
  const found = await propagateLabels(weightedSimilarity(parts), labels, {}, run);
  return found.labels.subarray(0, n);
}

function below(a: Matrix, b: Matrix): Matrix<Float32Array> {
  const data = new Float32Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return matrix(data, a.rows + b.rows, a.cols);
}

/** Mean over classes of the share of their rows that got it. */
export function meanClassAccuracy(
  found: Int32Array,
  labels: Int32Array,
  isAsked: (row: number) => boolean = () => true,
): number {
  const right = new Map<number, { hits: number; all: number }>();
  labels.forEach((label, i) => {
    if (!isAsked(i)) return;
    const own = right.get(label) ?? { hits: 0, all: 0 };
    right.set(label, { hits: own.hits + (found[i] === label ? 1 : 0), all: own.all + 1 });
  });
  const shares = Array.from(right.values(), ({ hits, all }) => hits / all);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** The mean of the rows of each class that are known, for rows by their nearest: classes of all rows. */
export async function byKnownMeans(
  features: Matrix,
  known: ReadonlyMap<number, number>,
  classes: number,
  context: Pick<Context, 'engine'>,
): Promise<Int32Array> {
  const means = matrix(new Float32Array(classes * features.cols), classes, features.cols);
  for (let c = 0; c < classes; c++) {
    const own = [...known].filter(([, label]) => label === c).map(([row]) => row);
    if (own.length > 0) means.data.set(meanRow(gathered(features, own)), c * features.cols);
  }
  return bestOf([await cosines({ rows: features, prototypes: means }, context)]);
}
