import { ShapeError } from '../../../core/errors.ts';
import { type GivenPoints, givenPoints } from '../../../core/given-points.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { fittedOf, type Model, type StoredModel } from '../../../learning/index.ts';
import { MethodRun, type RunOptions } from '../../../method/method.ts';
import { codesOf, rowsOfCodes } from './coder.ts';

/**
 * The rows that the decoder of a `diffusion-net` makes of places on its map: r × m → r × d.
 */
export async function reconstructed(
  model: StoredModel | Model,
  places: GivenPoints,
  run: RunOptions = {},
): Promise<Matrix> {
  const fitted = await fittedOf('reduction/diffusion-net', model);
  const codes = givenPoints('reconstructed', places);
  const m = (fitted.settings['sizes'] as number[]).at(-1);
  if (codes.cols !== m) throw new ShapeError('reconstructed', `places of ${m}`, `${codes.cols}`);
  return rowsOfCodes(fitted, codes, await contextFor(codes, run));
}

/**
 * How far each row is from what a `diffusion-net` rebuilds of it, over the mean of that among the fitted rows: r numbers, 1 for
 * a row as usual, large for one that does not lie where the fitted ones do.
 */
export async function outlierScores(
  model: StoredModel | Model,
  given: GivenPoints,
  run: RunOptions = {},
): Promise<Float64Array> {
  const fitted = await fittedOf('reduction/diffusion-net', model);
  const rows = givenPoints('outlierScores', given);
  const d = (fitted.settings['sizes'] as number[])[0];
  if (rows.cols !== d) throw new ShapeError('outlierScores', `rows of ${d}`, `${rows.cols}`);
  const context = await contextFor(rows, run);
  const rebuilt = await rowsOfCodes(fitted, await codesOf(fitted, rows, context), context);
  const usual = Number(fitted.settings['meanDistance']) || 1;
  return rowDistances(rows, rebuilt).map((distance) => distance / usual);
}

/** ‖aᵢ − bᵢ‖. */
export function rowDistances(a: Matrix, b: Matrix): Float64Array {
  const { rows: n, cols: d } = a;
  return Float64Array.from({ length: n }, (_, i) => {
    let squares = 0;
    for (let e = i * d; e < (i + 1) * d; e++) squares += (a.data[e] - b.data[e]) ** 2;
    return Math.sqrt(squares);
  });
}

async function contextFor(rows: Matrix, run: RunOptions) {
  const { signal } = run;
  return { engine: await new MethodRun(run).engineFor(rows), work: { signal } };
}
