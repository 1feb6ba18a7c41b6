import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { classVectors } from './class-vectors.ts';
import { explainZeroShot } from './zero-shot.ts';

/** Ten classes of 12 rows, near a linear map of their vectors. */
function planted() {
  const random = Random.fromSeed(1);
  const [count, a, d, each] = [10, 4, 6, 12];
  const normals = (n: number, name: string) => {
    const own = random.fork(name);
    return Float64Array.from({ length: n }, () => own.normal());
  };
  const [vectors, map] = [normals(count * a, 'vectors'), normals(a * d, 'map')];
  const noise = normals(count * each * d, 'noise');
  const place = (c: number, k: number) =>
    [0, 1, 2, 3].reduce((sum, j) => sum + vectors[c * a + j] * map[j * d + k], 0);
  const points = matrix(
    Float32Array.from(noise, (x, e) => place(Math.floor(e / d / each), e % d) + 0.1 * x),
    count * each,
    d,
  );
  const names = Array.from({ length: count }, (_, c) => `c${c}`);
  const classes = Array.from({ length: count * each }, (_, i) => names[Math.floor(i / each)]);
  return { points, classes, vectors: { names, points: matrix(vectors, count, a) } };
}

test('classes that are a linear map of their vectors are named without rows', async () => {
  const found = await explainZeroShot(planted(), { methods: ['ridge'], seed: 1 });
  expect([found.seen.length, found.unseen.length, found.rows.unseen]).toEqual([7, 3, 36]);
  const [{ hit1, calibrated }] = found.methods;
  expect(hit1.value).toBeGreaterThan(0.9);
  expect(calibrated?.harmonicMean).toBeGreaterThan(0.5);
});

test('the classes that are named are those left out, and the same seed gives the same numbers', async () => {
  const options = { methods: ['ridge'], unseen: ['c3', 'c1'] };
  const first = await explainZeroShot(planted(), options);
  expect(first.unseen).toEqual(['c1', 'c3']);
  expect(first.chance).toBe(0.5);
  expect(await explainZeroShot(planted(), options)).toEqual(first);
});

test('a class has the vector of its name, or the mean of its words', () => {
  const table = {
    names: ['dog', 'house', 'dog-house'],
    points: matrix(Float64Array.of(1, 3, 9), 3, 1),
  };
  const of = (name: string) => classVectors('t', [name], table).data[0];
  expect([of('dog'), of('Dog_House'), of('dog-house')]).toEqual([1, 2, 9]);
  expect(() => of('cat')).toThrow(
    't: there is no vector for the class "cat" nor for a word of it among 3 vectors (--vectors).',
  );
  expect(() => classVectors('t', ['a', 'b', 'dog', 'c', 'd', 'e', 'f'], table)).toThrow(
    't: there is no vector for 6 classes ("a", "b", "c", "d", "e" and others) nor for a word of them among',
  );
});

test('classes that no row has, one unseen class and too few classes are refused in a sentence', async () => {
  const input = planted();
  const refused = (unseen: readonly string[]) =>
    explainZeroShot(input, { unseen, methods: ['ridge'] });
  await expect(refused(['x', 'c1'])).rejects.toThrow(
    'option "unseen" must be classes that rows have',
  );
  await expect(refused(['c1'])).rejects.toThrow('two classes or more');
  await expect(refused(input.vectors.names.slice(1))).rejects.toThrow('with two or more left');
});
