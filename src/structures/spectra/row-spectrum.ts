import { InternalError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { zerosOf } from '../../core/transposed.ts';
import type { Engine } from '../../engine/engine.ts';
import { Z95 } from '../../numerics/laws/normal.ts';
import { studentQuantile } from '../../numerics/laws/student.ts';
import { doublyCentered, lessRow } from '../../numerics/rows/centered.ts';
import { type Estimate, LEVEL, meanEstimate } from '../../numerics/statistics/intervals.ts';
import { jackknifeError } from '../../numerics/statistics/jackknife.ts';
import type { Space } from '../space/types.ts';
import {
  bothGroupSpectra,
  groupCount,
  type Moments,
  scaledEigenvalues,
  withoutNoise,
} from './group-spectra.ts';
import { isCentered, isOfRawRows, type RowSpectrum, type SpectrumOf } from './types.ts';

/** Rows whose coordinates stand for all: a standard error from so many is right to about 3 %. */
const SAMPLE = 2000;

/** The spectrum and the rows' squared coordinates, through the smaller of XᵀX and XXᵀ. */
export async function rowSpectrum(space: Space, of: SpectrumOf): Promise<RowSpectrum> {
  const { rows: n, cols: d } = space.points;
  const groups = groupCount(n, d) > 0 ? await space.groupSpectra(of) : undefined;
  if (groups && !isCentered(of)) {
    const products = await space.products(isOfRawRows(of) ? 'raw' : 'unit');
    return { values: await scaledEigenvalues(products, n, space.engine), groups };
  }
  const spectrum = await (n < d ? dualSpectrum(space, of) : primalSpectrum(space, of));
  return groups ? { ...spectrum, groups } : spectrum;
}

/** The rows whose coordinates stand for all n; undefined where all are looked at. */
export const spectrumRows = (n: number, random: Space['random']): Int32Array | undefined =>
  n > SAMPLE ? random('spectrum').sample(n, SAMPLE).sort() : undefined;

/** The order of n rows that is cut into groups. Of no seed: a standard error is not to differ from run to run. */
export const groupOrder = (n: number): Int32Array => Random.fromSeed(0).fork('groups').sample(n);

/** The eigenvalues of both moments of some rows without each group of them. */
export function groupsOf(
  points: Matrix,
  products: Matrix<Float64Array>,
  wanted: Moments,
  engine: Engine,
): ReturnType<typeof bothGroupSpectra> {
  const { rows: n, cols: d } = points;
  const order = groupOrder(n);
  return bothGroupSpectra(points, order, wanted, engine, groupCount(n, d), products);
}

async function primalSpectrum(space: Space, of: SpectrumOf): Promise<RowSpectrum> {
  const kind = isOfRawRows(of) ? 'raw' : 'unit';
  const { mean, values, vectors } = await eigenOf(space, of);
  const { rows: n, cols: d } = space.points;
  const all = isOfRawRows(of) ? space.raw : space.points;
  const drawn = spectrumRows(n, space.random);
  const rows = drawn ? await space.gather(drawn, kind) : all;
  const basis = zerosOf(rows, d, d);
  basis.data.set(vectors.data);
  const { data } = await space.engine.matmul(lessRow(rows, mean), basis, true);
  const squares = zeros64(rows.rows, d);
  for (let e = 0; e < data.length; e++) squares.data[e] = data[e] * data[e];
  return { values: withoutNoise(values), squares };
}

async function eigenOf(space: Space, of: SpectrumOf) {
  if (of === 'covariance') return space.covariance();
  if (of === 'raw-covariance') return space.rawCovariance();
  const products = await space.products(isOfRawRows(of) ? 'raw' : 'unit');
  const { values, vectors } = await space.engine.linalg.eigh(products);
  const mean = new Float64Array(space.points.cols);
  return { mean, values: values.map((value) => value / space.points.rows), vectors };
}

/** XXᵀ = U diag(nλ) Uᵀ: row i has the squared coordinates nλ_k u_ik². */
async function dualSpectrum(space: Space, of: SpectrumOf): Promise<RowSpectrum> {
  const n = space.points.rows;
  const products = await space.products(isOfRawRows(of) ? 'raw' : 'unit');
  const { values, vectors } = await space.engine.linalg.eigh(
    isCentered(of) ? doublyCentered(products) : products,
  );
  const squares = zeros64(n, n);
  for (let k = 0; k < n; k++) {
    const value = Math.max(0, values[k]);
    for (let i = 0; i < n; i++) squares.data[i * n + k] = value * vectors.data[k * n + i] ** 2;
  }
  return { values: withoutNoise(values.map((value) => value / n)), squares };
}

/**
 * A smooth function of the eigenvalues with its standard error.
 *
 * By the delta method where rows are many: row i moves λ_k by (⟨xᵢ − μ, v_k⟩² − λ_k)/n, so the function
 * by Σ_k slope_k times that. Otherwise by the jackknife over groups of rows, whose error is widened so
 * that ±1.96 of it is a 95 % interval of Student's law.
 */
export function spectralEstimate(
  { values, squares, groups }: RowSpectrum,
  n: number,
  f: (values: Float64Array) => number,
  slopes: (values: Float64Array) => Float64Array,
): Estimate {
  const value = f(values);
  if (groups) {
    const without = groups.map(f);
    const widened = studentQuantile(LEVEL, without.length - 1) / Z95;
    return { value, standardError: jackknifeError(without) * widened };
  }
  if (!squares) throw new InternalError('spectrum', 'There are neither groups nor coordinates.');
  const { data, rows: m, cols: r } = squares;
  const slope = slopes(values);
  const influence = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < r; k++) influence[i] += slope[k] * data[i * r + k];
  }
  const { standardError } = meanEstimate(influence);
  return { value, standardError: standardError * Math.sqrt(m / n) };
}
