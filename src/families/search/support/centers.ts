import { gathered, type Matrix, rows as rowsOf } from '../../../core/matrix.ts';
import { lloydCenters, spreadRows } from '../../../structures/clusters/lloyd-centers.ts';
import type { BuildContext } from '../types.ts';
import type { GatheredRows } from './gathered-rows.ts';

/** Rows for each center that Lloyd's steps move over, and among which the first centers are drawn. */
const ROWS_A_CENTER = 64;
const SEEDS_A_CENTER = 8;
const STEPS = 10;

/**
 * k centers of n × d points by squared distance: Lloyd's steps from k-means++ (Arthur and Vassilvitskii 2007), both on a
 * sample of the rows. Fewer where fewer rows of the sample differ.
 */
export function sampledCenters(
  points: Matrix<Float32Array>,
  k: number,
  context: BuildContext,
): Promise<Matrix<Float32Array>> {
  const gather = async (places: Int32Array) => gathered(points, places);
  return centersOfRows({ n: points.rows, gather }, k, context);
}

/** The same of rows of which only those drawn are here. */
export async function centersOfRows(
  { n, gather }: GatheredRows,
  k: number,
  { engine, random, run, work: { signal } }: BuildContext,
): Promise<Matrix<Float32Array>> {
  const places = random.fork('sample').sample(n, Math.min(n, ROWS_A_CENTER * k));
  const sample = await gather(places);
  const among = rowsOf(sample, 0, Math.min(sample.rows, SEEDS_A_CENTER * k));
  const start = spreadRows(among, Math.min(k, among.rows), random.fork('centers'));
  const onStep = (step: number) => run.tick({ stage: 'centers', done: step / STEPS });
  const { centers } = await lloydCenters(sample, start, STEPS, {
    engine,
    leastGain: 0,
    onStep,
    signal,
  });
  return centers;
}
