import { OptionError, ShapeError } from '../../../core/errors.ts';
import { alike, type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { exp, pow } from '../../../core/numeric.ts';
import { Run } from '../../../core/run.ts';
import type { Fitted } from '../../../learning/index.ts';
import { integer, number } from '../../../method/options.ts';
import { leadingEigenvectors } from '../../../numerics/solvers/leading-eigenvectors.ts';
import { componentsOf } from '../../../structures/neighbors/components.ts';
import { neighborGraph } from '../../../structures/neighbors/neighbor-graph.ts';
import {
  type DiffusionOperator,
  diffusionOperator,
  medianReach,
} from '../../../structures/spectra/diffusion-operator.ts';
import type { FitContext, PlaceContext } from '../types.ts';

/** Options of what is built on a diffusion operator. */
export const diffusionOptions = {
  k: integer(16, 'Nearest rows of each row, itself counted.', { min: 2, symbol: 'k' }),
  bandwidth: number(
    0,
    'Scale of the kernel; 0: each row its own, the median distance to its neighbours.',
    { min: 0, symbol: 'σ' },
  ),
  alpha: number(
    1,
    'Power of the density that is divided out; 1: geometry alone, 0: density counts.',
    {
      min: 0,
      max: 1,
      symbol: 'α',
    },
  ),
  time: number(1, 'Steps of the walk: the power of the eigenvalues.', { min: 0, symbol: 't' }),
};

interface DiffusionSettings {
  readonly dim: number;
  readonly k: number;
  readonly bandwidth: number;
  readonly alpha: number;
  readonly time: number;
}

export interface DiffusionCoordinates {
  readonly operator: DiffusionOperator;
  /** The m largest eigenvalues after the first, which is 1. */
  readonly eigenvalues: Float64Array;
  /** n × m: right eigenvectors of P, of mean square 1 under the walk's own distribution, times λ^t. */
  readonly coordinates: Matrix<Float64Array>;
  /** Neighbours of each row, itself not counted. */
  readonly k: number;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

/** The diffusion coordinates of n × d points. */
export async function diffusionCoordinates(
  id: string,
  points: Matrix,
  { dim, k, bandwidth, alpha, time }: DiffusionSettings,
  { engine, random, run, work }: FitContext,
): Promise<DiffusionCoordinates> {
  const { rows: n } = points;
  if (dim > n - 1)
    throw new OptionError(id, 'dim', `at most ${n - 1}, one less than there are rows`, dim);
  const { graph, recall, ...known } = await neighborGraph(points, k - 1, {
    ...work,
    engine,
    random: random.fork('neighbors'),
    neighbors: run.options.neighbors,
  });
  if (graph.distances.every((distance) => distance === 0))
    throw new ShapeError(id, 'rows that differ from their neighbours', 'equal rows alone');
  const operator = diffusionOperator(graph, { bandwidth: bandwidth || undefined, alpha });
  const found = await eigenvectorsOf(id, operator, dim, { random, run });
  const parts = componentsOf(graph, n);
  const facts = Object.fromEntries(
    Array.from(found.values.subarray(0, 8), (value, c) => [`eigenvalue${c + 1}`, value]),
  );
  const warnings = [...known.warnings];
  if (parts.length > 1)
    warnings.push(
      `The neighbour graph falls into ${parts.length} parts, the largest of ${parts[0].length} of ${n} rows: the first coordinates tell the parts apart and no more; more neighbors (k) would join them.`,
    );
  if (!found.converged)
    warnings.push(
      'The eigenvectors are approximate: the eigenvalues lie too close together for the rounds that are made.',
    );
  const flat = found.values.findIndex((value) => value <= 0);
  if (flat >= 0)
    warnings.push(
      `Coordinates from ${flat + 1} on are 0: the walk on so few rows has no more positive eigenvalues.`,
    );
  return {
    operator,
    eigenvalues: found.values,
    coordinates: coordinatesOf(operator, found, time),
    k: graph.k,
    facts: { ...facts, parts: parts.length, ...(recall && { neighborRecall: recall.value }) },
    warnings,
  };
}

/** Eigenvectors of D^(−½) K D^(−½) after the first, which is known. */
function eigenvectorsOf(
  id: string,
  { kernel, degrees }: DiffusionOperator,
  m: number,
  { random, run }: Pick<FitContext, 'random' | 'run'>,
) {
  const { rows: n, offsets, columns } = kernel;
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  const first = degrees.map((degree) => Math.sqrt(degree / total));
  const values = kernel.values.slice();
  for (let i = 0; i < n; i++) {
    for (let e = offsets[i]; e < offsets[i + 1]; e++)
      values[e] /= Math.sqrt(degrees[i] * degrees[columns[e]]);
  }
  return leadingEigenvectors(
    {
      n,
      least: -1,
      multiply(x, out, b) {
        out.fill(0);
        for (let i = 0; i < n; i++) {
          for (let e = offsets[i]; e < offsets[i + 1]; e++) {
            const [weight, from] = [values[e], columns[e] * b];
            for (let c = 0; c < b; c++) out[i * b + c] += weight * x[from + c];
          }
        }
      },
    },
    m,
    {
      random: random.fork('eigenvectors'),
      without: [first],
      turn: () => run.tick({ stage: id, done: 0.5 }),
    },
  );
}

function coordinatesOf(
  { degrees }: DiffusionOperator,
  { values, vectors }: { readonly values: Float64Array; readonly vectors: Matrix },
  time: number,
): Matrix<Float64Array> {
  const { rows: m, cols: n } = vectors;
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  const powers = values.map((value) => pow(Math.max(0, value), time));
  const out = zeros64(n, m);
  for (let i = 0; i < n; i++) {
    const scale = Math.sqrt(total / degrees[i]);
    for (let c = 0; c < m; c++) out.data[i * m + c] = powers[c] * scale * vectors.data[c * n + i];
  }
  return out;
}

/** What `extendedCoordinates` needs of a fit: the arrays of its model. */
export function diffusionArrays(
  points: Matrix,
  { operator, coordinates, eigenvalues }: DiffusionCoordinates,
): Fitted['arrays'] {
  const { scales, reaches, densities } = operator;
  const { rows: n } = points;
  const beside = zeros64(n, 3);
  for (let i = 0; i < n; i++) beside.data.set([scales[i], reaches[i], densities[i]], i * 3);
  return {
    rows: points,
    beside,
    coordinates,
    eigenvalues: matrix(eigenvalues, 1, eigenvalues.length),
  };
}

/**
 * Nyström's extension: each new row at the mean of the fitted rows' coordinates that the walk's next step would give,
 * over the eigenvalue. A row equal to a fitted one lies where that one does.
 */
export async function extendedCoordinates(
  { settings, arrays: { rows, beside, coordinates, eigenvalues } }: Fitted,
  queries: Matrix,
  { engine, work }: PlaceContext,
): Promise<Matrix> {
  const [k, bandwidth] = [Number(settings['k']), Number(settings['bandwidth'])];
  const fitted = alike(rows, queries);
  // Beyond its own neighbours, rows that would count it among theirs.
  const wide = Math.min(rows.rows, 4 * k);
  const near = await engine.nearestAmong(queries, fitted, wide, work);
  const m = coordinates.cols;
  const out = zeros64(queries.rows, m);
  const run = new Run({ signal: work.signal });
  for (let i = 0; i < queries.rows; i++) {
    await run.tick({ stage: 'diffusion-map', done: i / queries.rows });
    const at = i * wide;
    const sums = out.data.subarray(i * m, (i + 1) * m);
    if (near.distances[at] === 0) {
      const j = near.indices[at];
      sums.set(coordinates.data.subarray(j * m, (j + 1) * m));
      continue;
    }
    const scale = bandwidth || medianReach(near.distances, at, Math.min(k, wide));
    const [own, shares, exponents]: number[][] = [[], [], []];
    for (let r = 0; r < wide; r++) {
      const [j, distance] = [near.indices[at + r], near.distances[at + r]];
      const share = (r < k ? 0.5 : 0) + (distance <= beside.data[j * 3 + 1] ? 0.5 : 0);
      if (share === 0) continue;
      own.push(j);
      shares.push(share / beside.data[j * 3 + 2]);
      exponents.push((distance * distance) / (scale * beside.data[j * 3]));
    }
    // Relative to the largest: far from all rows each weight alone would vanish.
    const least = exponents.reduce((a, b) => Math.min(a, b));
    const weights = shares.map((share, r) => share * exp(least - exponents[r]));
    const total = weights.reduce((a, b) => a + b);
    own.forEach((j, r) => {
      for (let c = 0; c < m; c++) sums[c] += (weights[r] / total) * coordinates.data[j * m + c];
    });
    for (let c = 0; c < m; c++)
      sums[c] = eigenvalues.data[c] > 0 ? sums[c] / eigenvalues.data[c] : 0;
  }
  return alike(out, queries);
}
