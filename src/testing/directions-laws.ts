import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../core/matrix.ts';
import type {
  DirectionsInput,
  DirectionsMethod,
  DirectionsResult,
} from '../families/directions/types.ts';
import type { AnyMethod } from '../method/method.ts';
import {
  decodeDirections,
  encodeDirections,
  requireSpace,
} from '../structures/directions/index.ts';
import { rotation, turned } from './points.ts';
import type { SmallProblem } from './small-problem.ts';

/** What every method of directions keeps: registers the tests. */
export function describeDirectionsLaws(method: AnyMethod, problem: SmallProblem): void {
  const fitTo = method as unknown as DirectionsMethod;
  const input = problem.input as DirectionsInput & { readonly points: Matrix };
  const { points } = input;
  const { draws: count = 32 } = (problem.options ?? {}) as { readonly draws?: number };
  const fitted = (own: DirectionsInput = input): Promise<DirectionsResult> =>
    fitTo(own, problem.options as never, problem.run as never);

  test('directions have length 1 and a name each, and their draws lie by whole bases', async () => {
    const { basis, names, draws, origin, provenance } = (await fitted()).directions;
    expect([basis.cols, origin.length, names.length]).toEqual([
      points.cols,
      points.cols,
      basis.rows,
    ]);
    expect([0, count * basis.rows]).toContain(draws.rows);
    for (const rows of [basis, draws])
      for (const x of lengthsOf(rows)) expect(x).toBeCloseTo(1, 12);
    expect([provenance.method, provenance.rows]).toEqual([method.spec.id, points.rows]);
    for (const fact of Object.values(provenance.facts)) expect(fact).not.toBeNaN();
  });

  if (fitTo.turnsAlong) {
    test('in a rotated space the directions are rotated', async () => {
      const turn = rotation(points.cols, 3);
      const before = (await fitted()).directions;
      const after = (await fitted({ ...input, points: turned(points, turn) })).directions;
      expectAlike(after.basis, turned(before.basis, turn));
      expectAlike(after.draws, turned(before.draws, turn));
    });
  }

  test('a file gives the directions back', async () => {
    const { directions } = await fitted();
    expect(await decodeDirections(encodeDirections(directions))).toEqual(directions);
  });

  test('rows of a wider space are refused', async () => {
    const { space } = (await fitted()).directions;
    const wider = matrix(new Float64Array(points.cols + 1), 1, points.cols + 1);
    expect(() => requireSpace('axis', space, wider)).toThrow('axis: the directions are of a space');
  });

  if (fitTo.needs.length > 0) {
    test('refuses rows of which it is not told what it needs', async () => {
      const bare = { points };
      await expect(fitted(bare)).rejects.toThrow(/: expected .*; got none\./);
    });
  }
}

function lengthsOf({ data, rows, cols }: Matrix): number[] {
  return Array.from({ length: rows }, (_, i) =>
    Math.hypot(...data.subarray(i * cols, (i + 1) * cols)),
  );
}

/** Equal to what solvers leave of float64. */
function expectAlike(a: Matrix, b: Matrix): void {
  expect([a.rows, a.cols]).toEqual([b.rows, b.cols]);
  for (const [e, x] of a.data.entries()) expect(x).toBeCloseTo(b.data[e], 6);
}
