import { gathered, type Matrix, matrix, toFloat32, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import { type Erased, spectralFilter } from '../../families/erasure/index.ts';
import { centered, lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { principalAxes } from '../../structures/spectra/principal-axes.ts';

/** Rows → rows. */
export type Filter = (rows: Matrix) => Promise<Matrix>;

/** Filters of the same rank: that which is stable, the first principal axes, and directions by chance. */
export interface EqualFilters {
  readonly stable: Filter;
  readonly principal: Filter;
  readonly chance: Filter;
  readonly facts: Erased['facts'];
}

export async function equalFilters(
  points: Matrix,
  partners: Matrix,
  quantile: number,
  random: Random,
  engine: Engine,
): Promise<EqualFilters> {
  const { model, facts } = await spectralFilter({ points, partners }, { quantile }, { engine });
  const [mean, rank] = [meanRow(points), facts['kept']];
  const { vectors } = await principalAxes(centered(points), rank, engine);
  const drawn = zeros64(points.cols, rank);
  random.normals(drawn.data);
  const { q } = await engine.linalg.qr(drawn);
  const transposed = zeros64(rank, points.cols);
  for (let e = 0; e < q.data.length; e++)
    transposed.data[(e % rank) * points.cols + Math.floor(e / rank)] = q.data[e];
  return {
    stable: (rows) => spectralFilter.transform(model, rows, { engine }),
    principal: within(mean, vectors, engine),
    chance: within(mean, transposed, engine),
    facts,
  };
}

/** x ← μ + VᵀV(x − μ). */
function within(mean: Float64Array, basis: Matrix, engine: Engine): Filter {
  const own = toFloat32(basis);
  return async (rows) => {
    const amounts = await engine.matmul(toFloat32(lessRow(rows, mean)), own, true);
    const inside = await engine.matmul(amounts, own);
    const data = Float32Array.from(inside.data, (x, e) => x + mean[e % rows.cols]);
    return matrix(data, rows.rows, rows.cols);
  };
}

/** The k documents of largest cosine of each query, as lists. */
export async function nearestLists(
  queries: Matrix,
  documents: Matrix,
  k: number,
  engine: Engine,
): Promise<Int32Array[]> {
  const unit = (rows: Matrix) => toFloat32(unitOrZeroRows(rows).points);
  const { indices } = await engine.nearestAmong(unit(queries), unit(documents), k);
  return Array.from({ length: queries.rows }, (_, i) => indices.slice(i * k, (i + 1) * k));
}

/** The mean share of a list that the other list of the same query has. */
export function agreement(a: readonly Int32Array[], b: readonly Int32Array[]): number {
  let sum = 0;
  for (const [i, own] of a.entries()) {
    const known = new Set(b[i]);
    sum += own.filter((row) => known.has(row)).length / own.length;
  }
  return sum / a.length;
}

export const someOf = (m: Matrix, from: number, to: number): Matrix =>
  gathered(
    m,
    Array.from({ length: to - from }, (_, i) => from + i),
  );
