import type { Matrix } from '../../../core/matrix.ts';
import { fittedOf, type Model, type StoredModel } from '../../../learning/index.ts';
import { MethodRun, type RunOptions } from '../../../method/method.ts';
import type { FittedClasses } from '../types.ts';
import { diffusionSquares } from './diffusion-prototypes.ts';
import { geodesicLengths } from './geodesic-prototypes.ts';
import { squaredDistances } from './squared-distances.ts';

/** A prototype of a class, and the rows nearest to it. */
export interface NearestToPrototype {
  readonly name: string;
  /** Nearest first, by the distance that the model uses; of equally near ones the first. */
  readonly rows: readonly number[];
}

/** The rows nearest to each prototype of a model of the method `prototypes`. */
export async function nearestToPrototypes(
  model: StoredModel | Model,
  rows: Matrix,
  count: number,
  run: RunOptions = {},
): Promise<NearestToPrototype[]> {
  const stored = await fittedOf('classifiers/prototypes', model);
  const names = (stored.settings['classes'] as readonly unknown[]).map(String);
  const fitted: FittedClasses = { ...stored, names, seen: names.length };
  const { data, cols } = await distancesOf(fitted, rows, run);
  return Array.from(stored.arrays['owners'].data, (owner, p) => {
    const order = Int32Array.from({ length: rows.rows }, (_, i) => i);
    order.sort((a, b) => data[a * cols + p] - data[b * cols + p] || a - b);
    return { name: names[owner], rows: Array.from(order.subarray(0, count)) };
  });
}

async function distancesOf(fitted: FittedClasses, rows: Matrix, run: RunOptions): Promise<Matrix> {
  const { distance } = fitted.settings;
  if (distance === 'euclidean') return squaredDistances(rows, fitted.arrays['prototypes']);
  if (distance !== 'geodesic') return diffusionSquares(fitted, rows);
  const engine = await new MethodRun(run).engineFor(rows);
  return geodesicLengths(fitted, rows, { engine, work: { signal: run.signal } });
}
