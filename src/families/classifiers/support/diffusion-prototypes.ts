import { gathered, type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { pow } from '../../../core/numeric.ts';
import { fourSumGap } from '../../../numerics/rows/dot.ts';
import {
  extendedVectors,
  type LandmarkDiffusion,
  landmarkDiffusion,
} from '../../../structures/spectra/landmark-diffusion.ts';
import type { FitContext, FittedClasses, LabeledRows } from '../types.ts';
import {
  asColumn,
  prototypesOf,
  rowsByClass,
  scoresByNearest,
  stacked,
} from './class-prototypes.ts';
import { squaredDistances } from './squared-distances.ts';

interface DiffusionOptions {
  readonly distance: string;
  readonly count: number;
  readonly landmarks: number;
  readonly dim: number;
  readonly time: number;
  readonly alpha: number;
  readonly scale: number;
  readonly mass: number;
  readonly k: number;
}

/** Walks on the landmarks of each class, or one on all; prototypes are centers in their coordinates. */
export async function fitDiffusion(
  rows: LabeledRows,
  options: DiffusionOptions,
  { engine, random, run, work }: FitContext,
) {
  const { distance, time, mass, dim, alpha, count } = options;
  const drawn = rowsByClass(rows, options.landmarks, random.fork('landmarks'));
  const parts = drawn.map((own) => gathered(rows.points, own));
  const scale = options.scale || usualScale(parts, options.k);
  const sets =
    distance === 'diffusion'
      ? parts
      : [
          gathered(
            rows.points,
            drawn.flatMap((own) => [...own]),
          ),
        ];
  const walks: LandmarkDiffusion[] = [];
  for (const [c, set] of sets.entries()) {
    await run.tick({ stage: 'prototypes', done: c / sets.length });
    walks.push(await landmarkDiffusion(set, { scale, alpha, dim }, engine, work));
  }
  const coordinates = walks.map((walk) => atTime(walk.vectors, walk.eigenvalues, time));
  const byClass = distance === 'diffusion' ? coordinates : cut(coordinates[0], parts);
  const { centers, owners } = prototypesOf(byClass, count, random.fork('prototypes'));
  return {
    settings: { distance, scale, time, mass },
    arrays: {
      landmarks: stacked(walks.map(({ landmarks }) => landmarks)),
      sizes: asColumn(Float64Array.from(sets, (set) => set.rows)),
      densities: asColumn(Float64Array.from(walks.flatMap(({ densities }) => [...densities]))),
      eigenvalues: stacked(walks.map((walk) => matrix(walk.eigenvalues, 1, dim))),
      vectors: stacked(walks.map(({ vectors }) => vectors)),
      prototypes: centers,
      owners: asColumn(owners),
    },
    facts: { prototypes: owners.length, scale },
  };
}

/** Coordinates of rows that lie part after part, by part. */
function cut({ data, cols }: Matrix<Float64Array>, parts: readonly Matrix[]): Matrix[] {
  let at = 0;
  return parts.map(({ rows: n }) => {
    const own = matrix(data.slice(at * cols, (at + n) * cols), n, cols);
    at += n;
    return own;
  });
}

/** Each column times its eigenvalue to the power t, all over √Σλ²ᵗ: of variance 1 together under the walk's own distribution. */
function atTime(vectors: Matrix<Float64Array>, eigenvalues: Float64Array, time: number) {
  const out = zeros64(vectors.rows, vectors.cols);
  const powers = eigenvalues.map((value) => (value > 0 ? pow(value, time) : 0));
  const size = Math.sqrt(powers.reduce((sum, own) => sum + own * own, 0)) || 1;
  vectors.data.forEach((value, e) => {
    out.data[e] = (value * powers[e % vectors.cols]) / size;
  });
  return out;
}

/** The median squared distance of a landmark from its k-th nearest in the class; 1 where all are equal or alone. */
function usualScale(parts: readonly Matrix[], k: number): number {
  const reaches = parts.flatMap(({ data, rows: m, cols: d }) =>
    Array.from({ length: m }, (_, i) => {
      const squares = Float64Array.from({ length: m }, (_, j) =>
        fourSumGap(data, i * d, data, j * d, d),
      ).sort();
      return squares[Math.min(k, m - 1)];
    }),
  );
  const positive = Float64Array.from(reaches.filter((reach) => reach > 0)).sort();
  return positive[positive.length >> 1] ?? 1;
}

/** Each row by each walk: distances from the prototypes of the walk's classes, and the mass beside them. */
export function scoreDiffusion(fitted: FittedClasses, rows: Matrix) {
  return scoresByNearest(
    diffusionSquares(fitted, rows),
    fitted.arrays['owners'].data,
    fitted.names.length,
  );
}

/** r × P: squared diffusion distances from the prototypes, less the mass of the kernel where each class has its walk. */
export function diffusionSquares({ settings, arrays }: FittedClasses, rows: Matrix) {
  const { distance, scale, time, mass } = settings;
  const owners = arrays['owners'].data;
  const isShared = distance === 'shared-diffusion';
  const out = zeros64(rows.rows, owners.length);
  for (const [c, walk] of [...walksOf(arrays, Number(scale))].entries()) {
    const { vectors, logMass } = extendedVectors(walk, rows);
    const placed = atTime(vectors, walk.eigenvalues, Number(time));
    const own = Int32Array.from(owners.keys()).filter((p) => isShared || owners[p] === c);
    const squares = squaredDistances(placed, gathered(arrays['prototypes'], own)).data;
    squares.forEach((square, e) => {
      const i = Math.floor(e / own.length);
      const less = isShared ? 0 : Number(mass) * logMass[i];
      out.data[i * owners.length + own[e % own.length]] = square - less;
    });
  }
  return out;
}

function* walksOf(
  { landmarks, sizes, densities, eigenvalues, vectors }: FittedClasses['arrays'],
  scale: number,
): Generator<LandmarkDiffusion> {
  const [d, q] = [landmarks.cols, eigenvalues.cols];
  const of = (m: Matrix, a: number, b: number) =>
    Float64Array.from(m.data.subarray(a * m.cols, b * m.cols));
  let at = 0;
  for (const [c, m] of sizes.data.entries()) {
    yield {
      landmarks: matrix(of(landmarks, at, at + m), m, d),
      scale,
      densities: of(densities, at, at + m),
      eigenvalues: of(eigenvalues, c, c + 1),
      vectors: matrix(of(vectors, at, at + m), m, q),
    };
    at += m;
  }
}
