import { InputError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { fourSumGap } from '../../numerics/rows/dot.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { shortestPathsFrom } from '../../structures/neighbors/graph-paths.ts';

/** A metric of labels. */
export interface LabelMetric {
  readonly names: readonly string[];
  /** C × C. */
  readonly distances: Matrix<Float64Array>;
}

/** More are stored as squares of hundreds of megabytes. */
const MOST_LABELS = 4000;

/** Shortest paths of a graph whose edges have length 1: of a tree, of pairs of child and parent. */
export function pathMetric(
  where: string,
  pairs: readonly (readonly [string, string])[],
): LabelMetric {
  const names = [...new Set(pairs.flat())];
  requireFew(where, names.length);
  const place = new Map(names.map((name, at) => [name, at]));
  const to: number[][] = names.map(() => []);
  for (const [child, parent] of pairs) {
    const [a, b] = [place.get(child) as number, place.get(parent) as number];
    to[a].push(b);
    to[b].push(a);
  }
  const n = names.length;
  const graph = { n, to, lengths: to.map((own) => own.map(() => 1)) };
  const distances = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    const own = shortestPathsFrom(graph, i);
    const away = own.indexOf(Infinity);
    if (away >= 0)
      throw new InputError(
        where,
        `there is no path from ${JSON.stringify(names[i])} to ${JSON.stringify(names[away])}; the labels must hang together.`,
      );
    distances.data.set(own, i * n);
  }
  return { names, distances };
}

/** Lengths of chords between unit vectors of labels. */
export function vectorMetric(
  where: string,
  names: readonly string[],
  vectors: Matrix,
): LabelMetric {
  const n = names.length;
  requireFew(where, n);
  const { data, cols } = unitOrZeroRows(vectors).points;
  const distances = zeros64(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++)
      distances.data[i * n + j] = distances.data[j * n + i] = Math.sqrt(
        fourSumGap(data, i * cols, data, j * cols, cols),
      );
  return { names, distances };
}

function requireFew(where: string, count: number): void {
  if (count > MOST_LABELS)
    throw new InputError(
      where,
      `there are ${count} labels; a metric of at most ${MOST_LABELS} is kept.`,
    );
}
