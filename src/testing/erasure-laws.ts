import { expect, test } from 'vitest';
import { gathered, type Matrix, matrix } from '../core/matrix.ts';
import type { Erasure, ErasureInput } from '../families/erasure/types.ts';
import { decodeModel, encodeModel } from '../learning/index.ts';
import type { AnyMethod } from '../method/method.ts';
import { qr } from '../numerics/decompositions/index.ts';
import { type Directions, spaceMark } from '../structures/directions/index.ts';
import { normalMatrix, product } from './matrices.ts';
import type { SmallProblem } from './small-problem.ts';

/** What every erasure keeps: registers the tests. */
export function describeErasureLaws(method: AnyMethod, problem: SmallProblem): void {
  const erasure = method as unknown as Erasure;
  const input = problem.input as ErasureInput;
  const points = input.points as Matrix;
  const fitted = async (of: ErasureInput = input) =>
    (await erasure(of, problem.options as never, problem.run as never)).model;

  test('refuses sets that are not all rows one after another', async () => {
    const model = await fitted();
    for (const offsets of [[0], [0, 3], [0, 5, 3, points.rows]])
      await expect(erasure.transform(model, points, { offsets })).rejects.toThrow(
        `expected offsets of sets that rise from 0 to ${points.rows}; got`,
      );
  });

  if (erasure.inSets) {
    test('erases each set as if it were alone', async () => {
      const model = await fitted();
      const offsets = [0, 5, 6, 20, points.rows];
      const together = await erasure.transform(model, points, { offsets });
      for (const [s, from] of offsets.slice(0, -1).entries()) {
        const own = Array.from({ length: offsets[s + 1] - from }, (_, i) => from + i);
        const alone = await erasure.transform(model, gathered(points, own));
        expect(alone).toEqual(gathered(together, own));
      }
    });
  } else {
    test('erases each row as if it were alone', async () => {
      const model = await fitted();
      const together = await erasure.transform(model, points);
      for (const i of [0, 1, points.rows - 1]) {
        const alone = await erasure.transform(model, gathered(points, [i]));
        expect(alone).toEqual(gathered(together, [i]));
      }
    });
  }

  test('erases rows the same after its filter was saved', async () => {
    const model = await fitted();
    const saved = await decodeModel(encodeModel(model));
    expect(await erasure.transform(saved, points)).toEqual(await erasure.transform(model, points));
  });

  test('gives rows of the length and the element type of those it is given', async () => {
    const narrow = matrix(Float32Array.from(points.data), points.rows, points.cols);
    for (const rows of [points, narrow]) {
      const { data, ...shape } = await erasure.transform(await fitted(), rows);
      expect(shape).toEqual({ rows: rows.rows, cols: rows.cols });
      expect(data.constructor).toBe(rows.data.constructor);
    }
  });

  test('refuses rows of another length in a sentence', async () => {
    const wider = matrix(new Float64Array(points.cols + 1), 1, points.cols + 1);
    await expect(erasure.transform(await fitted(), wider)).rejects.toThrow(
      /expected rows of \d+; got \d+\./,
    );
  });

  test('refuses to be fitted without what says what is to go', async () => {
    const refused = expect(erasure({ points }, problem.options as never)).rejects;
    await refused.toThrow(/^[a-z-]+: .* is needed\.$/);
  });

  if (erasure.isProjection) {
    test('erasing twice is erasing once', async () => {
      const model = await fitted();
      const once = await erasure.transform(model, points);
      expectNear(await erasure.transform(model, once), once);
    });
  }

  if (erasure.turnsAlong) {
    test('erases the rows of a turned space to the turned rows', async () => {
      const { q } = qr(normalMatrix(points.cols, points.cols, 4));
      const turned = turnedInput(input, q);
      const erased = await erasure.transform(await fitted(turned), turned.points);
      expectNear(erased, product(await erasure.transform(await fitted(), points), q));
    });
  }
}

/** Values of the small problems are about 1, and each is a sum of few products. */
function expectNear(got: Matrix, wanted: Matrix): void {
  for (const [e, x] of got.data.entries()) expect(Math.abs(x - wanted.data[e])).toBeLessThan(1e-10);
}

function turnedInput(
  { points, partners, concepts, directions, ...rest }: ErasureInput,
  q: Matrix,
): ErasureInput & { readonly points: Matrix } {
  const own = product(points as Matrix, q);
  return {
    ...rest,
    points: own,
    partners: partners && product(partners as Matrix, q),
    concepts: concepts && product(concepts as Matrix, q),
    directions: directions && turnedDirections(directions, own, q),
  };
}

function turnedDirections(directions: Directions, points: Matrix, q: Matrix): Directions {
  const { basis, origin, draws } = directions;
  return {
    ...directions,
    basis: product(basis, q),
    origin: product(matrix(origin, 1, origin.length), q).data,
    draws: product(draws, q),
    space: spaceMark(points),
  };
}
