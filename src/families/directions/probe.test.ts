import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { projected } from '../../structures/directions/index.ts';
import { probe } from './probe.ts';

const random = Random.fromSeed(6);
const n = 90;
const classes = Array.from({ length: n }, (_, i) => ['a', 'b', 'c'][i % 3]);
const points = matrix(
  Float64Array.from(
    { length: n * 4 },
    (_, e) => random.normal() + (e % 4 === Math.floor(e / 4) % 3 ? 3 : 0),
  ),
  n,
  4,
);

describe('a linear probe', () => {
  test('one column: both classes are equally likely where the projection is 0', async () => {
    // Two of three at 1 are b, one of three at −1: even odds lie in the middle.
    const column = matrix(Float64Array.of(1, 1, 1, -1, -1, -1), 6, 1);
    const own = ['b', 'b', 'a', 'a', 'a', 'b'];
    const { directions } = await probe({ points: column, classes: own }, { penalty: 1e-9 });
    expect(directions.names).toEqual(['a → b']);
    expect(Array.from(directions.basis.data)).toEqual([1]);
    expect(directions.origin[0]).toBeCloseTo(0, 6);
  });

  test('each of three classes projects highest on its own direction', async () => {
    const { directions } = await probe({ points, classes }, { draws: 4 });
    const { data } = projected(directions, points);
    const right = classes.filter((own, i) => {
      const row = Array.from(data.subarray(3 * i, 3 * i + 3));
      return directions.names[row.indexOf(Math.max(...row))] === own;
    });
    expect(right.length / n).toBeGreaterThan(0.85);
  });

  test('separable classes, a single row each and fewer rows than columns end in finite weights', async () => {
    const two = matrix(Float64Array.of(0, 0, 0, 1, 1, 1), 2, 3);
    const { directions } = await probe({ points: two, classes: ['a', 'b'] });
    for (const x of directions.basis.data) expect(x).toBeCloseTo(1 / Math.sqrt(3), 6);
  });

  test('of more rows than it takes, the seed says which', async () => {
    const options = { rows: 40, draws: 0 };
    const [first, again, other] = [
      await probe({ points, classes }, options),
      await probe({ points, classes }, options),
      await probe({ points, classes }, { ...options, seed: 1 }),
    ];
    expect(again).toEqual(first);
    expect(other.directions.basis).not.toEqual(first.directions.basis);
  });

  test('a shift and a stretch of the space leave the direction as it is', async () => {
    const moved = matrix(
      points.data.map((x) => 10 * x + 3),
      n,
      4,
    );
    const [a, b] = [await probe({ points, classes }), await probe({ points: moved, classes })];
    for (const [e, x] of a.directions.basis.data.entries())
      expect(b.directions.basis.data[e]).toBeCloseTo(x, 6);
  });
});
