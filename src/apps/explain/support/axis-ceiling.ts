import { type Matrix, matrix, toFloat32, zeros64 } from '../../../core/matrix.ts';
import { cos } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';
import type { Engine } from '../../../engine/engine.ts';
import { ridge } from '../../../families/directions/index.ts';
import { fourSumGap } from '../../../numerics/rows/dot.ts';
import { medianOf } from '../../../numerics/statistics/averages.ts';
import { projected } from '../../../structures/directions/index.ts';

/** Neighbours whose mean predicts a row. */
const NEIGHBORS = 10;
/** Random features of the kernel. */
const FEATURES = 256;

/** What the nearest rows say of others: the mean of what is wanted over them, for each of several lists. */
export async function byNeighbors(
  train: Matrix,
  wanted: readonly Float64Array[],
  asked: Matrix,
  engine: Engine,
): Promise<Float64Array[]> {
  const k = Math.min(NEIGHBORS, train.rows);
  const { indices } = await engine.nearestAmong(toFloat32(asked), toFloat32(train), k);
  return wanted.map((list) =>
    Float64Array.from({ length: asked.rows }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < k; j++) sum += list[indices[i * k + j]];
      return sum / k;
    }),
  );
}

/**
 * What kernel ridge regression says of other rows: ridge on the columns and random Fourier features of a Gaussian kernel
 * (Rahimi and Recht 2007) whose width is the median distance of rows.
 */
export async function byKernel(
  train: Matrix,
  wanted: readonly Float64Array[],
  asked: Matrix,
  { engine, random }: { readonly engine: Engine; readonly random: Random },
): Promise<Float64Array[]> {
  const width = medianDistance(train, random.fork('width'));
  if (!(width > 0)) return wanted.map(() => new Float64Array(asked.rows));
  const waves = wavesOf(train.cols, width, random.fork('waves'));
  const [from, to] = [
    await featuresOf(train, waves, engine),
    await featuresOf(asked, waves, engine),
  ];
  const out: Float64Array[] = [];
  for (const scores of wanted) {
    const fitted = await ridge({ points: from, scores }, { draws: 0 }, { engine });
    out.push(projected(fitted.directions, to).data);
  }
  return out;
}

interface Waves {
  /** FEATURES × d. */
  readonly frequencies: Matrix<Float64Array>;
  readonly phases: Float64Array;
  /** What columns are divided by beside the features, so that both count alike. */
  readonly scale: number;
}

function wavesOf(d: number, width: number, random: Random): Waves {
  const frequencies = zeros64(FEATURES, d);
  random.normals(frequencies.data);
  for (let e = 0; e < frequencies.data.length; e++) frequencies.data[e] /= width;
  const phases = Float64Array.from({ length: FEATURES }, () => 2 * Math.PI * random.uniform());
  // Rows a median distance apart differ by √2 in features of length 1.
  return { frequencies, phases, scale: width / Math.SQRT2 };
}

/** Columns over the scale, then √(2/m)·cos(⟨ω, x⟩ + b): n × (d + m). */
async function featuresOf(
  rows: Matrix,
  { frequencies, phases, scale }: Waves,
  engine: Engine,
): Promise<Matrix> {
  const { rows: n, cols: d } = rows;
  const wide = toFloat32(rows);
  const { data } = await engine.matmul(wide, toFloat32(frequencies), true);
  const out = new Float32Array(n * (d + FEATURES));
  const height = Math.sqrt(2 / FEATURES);
  for (let i = 0; i < n; i++) {
    const at = i * (d + FEATURES);
    for (let c = 0; c < d; c++) out[at + c] = rows.data[i * d + c] / scale;
    for (let f = 0; f < FEATURES; f++)
      out[at + d + f] = height * cos(data[i * FEATURES + f] + phases[f]);
  }
  return matrix(out, n, d + FEATURES);
}

function medianDistance({ data, rows: n, cols: d }: Matrix, random: Random): number {
  const distances = Array.from({ length: 200 }, () => {
    const [a, b] = [random.integer(n) * d, random.integer(n) * d];
    return Math.sqrt(fourSumGap(data, a, data, b, d));
  });
  return medianOf(distances);
}
