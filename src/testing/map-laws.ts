import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../core/matrix.ts';
import type { Alignment, AlignmentInput } from '../families/alignment/types.ts';
import type { Reduction } from '../families/reduction/types.ts';
import { decodeModel, encodeModel, type Model, type StoredModel } from '../learning/index.ts';
import type { AnyMethod } from '../method/method.ts';
import type { SmallProblem } from './small-problem.ts';

type Placing = (model: Model | StoredModel, rows: Matrix) => Promise<Matrix>;

/** What every fitted reduction keeps: registers the tests. */
export function describeReductionLaws(method: AnyMethod, problem: SmallProblem): void {
  const reduction = method as unknown as Reduction;
  if (!reduction.places) return;
  const points = problem.input as Matrix;
  const fitted = async () =>
    (await reduction(points, problem.options as never, problem.run as never)).model;
  describePlacing(fitted, points, (model, rows) => reduction.transform(model, rows));
}

/** What every fitted alignment keeps: registers the tests. */
export function describeAlignmentLaws(method: AnyMethod, problem: SmallProblem): void {
  const alignment = method as unknown as Alignment;
  const input = problem.input as AlignmentInput;
  const fitted = async () =>
    (await alignment(input, problem.options as never, problem.run as never)).model;
  describePlacing(fitted, input.a as Matrix, (model, rows) => alignment.transform(model, rows));
}

function describePlacing(fitted: () => Promise<Model>, points: Matrix, place: Placing): void {
  const rows = someOthers(points);

  test('places each row as if it were alone', async () => {
    const model = await fitted();
    const together = await place(model, rows);
    for (let i = 0; i < rows.rows; i++) {
      const alone = await place(model, rowOf(rows, i));
      expect(alone.data).toEqual(rowOf(together, i).data);
    }
  });

  test('places rows the same after its model was saved', async () => {
    const model = await fitted();
    const saved = await decodeModel(encodeModel(model));
    expect(await place(saved, rows)).toEqual(await place(model, rows));
  });

  test('refuses rows of another length in a sentence', async () => {
    const model = await fitted();
    const wider = matrix(new Float64Array(points.cols + 1), 1, points.cols + 1);
    await expect(place(model, wider)).rejects.toThrow(/expected rows of \d+.*; got \d+\./);
  });
}

/** A fitted row, and five between two fitted rows. */
function someOthers({ data, rows: n, cols: d }: Matrix): Matrix {
  const out = new Float64Array(6 * d);
  for (let i = 0; i < 6; i++) {
    for (let c = 0; c < d; c++)
      out[i * d + c] = (data[((i * 5) % n) * d + c] + data[((i * 7) % n) * d + c]) / 2;
  }
  return matrix(out, 6, d);
}

function rowOf({ data, cols: d }: Matrix, i: number): Matrix {
  return matrix(Float64Array.from(data.subarray(i * d, (i + 1) * d)), 1, d);
}
