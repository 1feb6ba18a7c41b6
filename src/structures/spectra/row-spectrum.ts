import { gathered, matrix, zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { transposed, zerosOf } from '../../core/transposed.ts';
import { Z95 } from '../../numerics/laws/normal.ts';
import { studentQuantile } from '../../numerics/laws/student.ts';
import { doublyCentered, lessRow } from '../../numerics/rows/centered.ts';
import { type Estimate, LEVEL, meanEstimate } from '../../numerics/statistics/intervals.ts';
import { jackknifeError } from '../../numerics/statistics/jackknife.ts';
import type { Space } from '../space/types.ts';
import { groupCount, groupSpectra, withoutNoise } from './group-spectra.ts';
import { isCentered, isOfRawRows, type RowSpectrum, type SpectrumOf } from './types.ts';

/** Rows whose coordinates stand for all: a standard error from so many is right to about 3 %. */
const SAMPLE = 2000;

/** The spectrum and the rows' squared coordinates, through the smaller of XᵀX and XXᵀ. */
export async function rowSpectrum(space: Space, of: SpectrumOf): Promise<RowSpectrum> {
  const { rows: n, cols: d } = space.points;
  const spectrum = await (n < d ? dualSpectrum(space, of) : primalSpectrum(space, of));
  if (groupCount(n, d) === 0) return spectrum;
  const points = isOfRawRows(of) ? space.raw : space.points;
  // Of no seed: a standard error is not to differ from run to run.
  const order = Random.fromSeed(0).fork('groups').sample(n);
  const groups = await groupSpectra(points, order, isCentered(of), space.engine);
  return { ...spectrum, groups };
}

async function primalSpectrum(space: Space, of: SpectrumOf): Promise<RowSpectrum> {
  const points = isOfRawRows(of) ? space.raw : space.points;
  const { mean, values, vectors } = await eigenOf(space, of);
  const { rows: n, cols: d } = points;
  const sample = n > SAMPLE ? space.random('spectrum').sample(n, SAMPLE).sort() : undefined;
  const rows = sample ? gathered(points, sample) : points;
  const basis = zerosOf(points, d, d);
  basis.data.set(vectors.data);
  const { data } = await space.engine.matmul(lessRow(rows, mean), basis, true);
  const squares = matrix(
    Float64Array.from(data, (x) => x * x),
    rows.rows,
    d,
  );
  return { values: withoutNoise(values), squares };
}

async function eigenOf(space: Space, of: SpectrumOf) {
  if (of === 'covariance') return space.covariance();
  if (of === 'raw-covariance') return space.rawCovariance();
  const gram = of === 'second-moment' ? space.gram() : space.engine.gram(space.raw);
  const { values, vectors } = await space.engine.linalg.eigh(await gram);
  const mean = new Float64Array(space.points.cols);
  return { mean, values: values.map((value) => value / space.points.rows), vectors };
}

/** XXᵀ = U diag(nλ) Uᵀ: row i has the squared coordinates nλ_k u_ik². */
async function dualSpectrum(space: Space, of: SpectrumOf): Promise<RowSpectrum> {
  const points = isOfRawRows(of) ? space.raw : space.points;
  const n = points.rows;
  const products = await space.engine.gram(transposed(points));
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
  const { data, rows: m, cols: r } = squares;
  const slope = slopes(values);
  const influence = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < r; k++) influence[i] += slope[k] * data[i * r + k];
  }
  const { standardError } = meanEstimate(influence);
  return { value, standardError: standardError * Math.sqrt(m / n) };
}
