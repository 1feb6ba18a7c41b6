import { expect, test } from 'vitest';
import { gathered, type Matrix, matrix, row } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { qr } from '../../../numerics/decompositions/index.ts';
import { dot } from '../../../numerics/rows/dot.ts';
import { affine } from '../affine.ts';
import { ccaSubspace } from '../cca-subspace.ts';
import { procrustes } from '../procrustes.ts';
import type { Alignment } from '../types.ts';
import { countedVectors } from './counted-vectors.ts';
import { ground } from './grounding.ts';

const random = Random.fromSeed(8);
const normal = (n: number, d: number) =>
  matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );

const N = 40;
const words = normal(N, 4);

/** Words, turned, with noise. */
function part(noise: number): Matrix<Float64Array> {
  const { q } = qr(normal(4, 4));
  const out = normal(N, 4);
  for (let i = 0; i < N; i++) {
    for (let c = 0; c < 4; c++) {
      const turned = [0, 1, 2, 3].reduce((sum, k) => sum + row(words, i)[k] * q.data[4 * k + c], 0);
      out.data[4 * i + c] = 3 * turned + noise * out.data[4 * i + c];
    }
  }
  return out;
}

const places = (n: number) => ({ a: Array.from(Array(n).keys()), b: Array.from(Array(n).keys()) });

test('of a turned copy of the words the objects lie where their words do, unseen ones too', async () => {
  const grounded = await ground([{ rows: part(0) }], { rows: words, pairs: places(20) });
  const placed = await grounded.ofWords(words);
  expect(grounded.share).toBeCloseTo(1, 12);
  // The means of the pairs agree, so the rotation is exact.
  for (let i = 0; i < N; i++)
    expect(dot(row(grounded.objects, i), row(placed, i))).toBeCloseTo(1, 10);
});

test('with all directions the product with a word is the weighted mean of the cosines of the parts', async () => {
  const [a, b] = [part(1), part(4)];
  const pairs = places(30);
  const given = [
    { rows: a, weight: 3 },
    { rows: b, weight: 1 },
  ];
  const both = await ground(given, { rows: words, pairs }, { dim: 8 });
  const asked = await both.ofWords(words);
  const alone = await Promise.all(
    given.map(({ rows }) => ground([{ rows }], { rows: words, pairs })),
  );
  const own = await Promise.all(alone.map(({ ofWords }) => ofWords(words)));
  for (const [i, j] of [
    [0, 0],
    [35, 35],
    [35, 2],
  ]) {
    const [first, second] = alone.map(({ objects }, p) => dot(row(objects, i), row(own[p], j)));
    expect(dot(row(both.objects, i), row(asked, j))).toBeCloseTo(0.75 * first + 0.25 * second, 10);
  }
});

test('fewer coordinates keep the largest share that any so many can', async () => {
  const given = [{ rows: part(2) }, { rows: part(2) }];
  const target = { rows: words, pairs: places(30) };
  const shares = [];
  for (const dim of [1, 4, 8]) shares.push((await ground(given, target, { dim })).share);
  expect(shares[0]).toBeLessThan(shares[1]);
  expect(shares[1]).toBeLessThan(shares[2]);
  expect(shares[2]).toBeCloseTo(1, 12);
});

test('what a part says nothing of is left to the others, in a sentence', async () => {
  const [a, b] = [part(0.1), part(0.1)];
  b.data.fill(0, 4 * 10, 4 * 12);
  const pairs = places(20);
  const target = { rows: words, pairs };
  const { objects, ofWords, warnings } = await ground([{ rows: a }, { rows: b }], target, {
    dim: 8,
  });
  expect(warnings).toEqual(['Part 1 says nothing of 2 of 40 objects: their rows are zero.']);
  const asked = await ofWords(words);
  const only = await ground([{ rows: a }], target);
  const own = await only.ofWords(words);
  expect(dot(row(objects, 10), row(asked, 10))).toBeCloseTo(
    dot(row(only.objects, 10), row(own, 10)) / 2,
    10,
  );
});

test('another map can bring the parts: an affine one undoes a stretch that a rotation keeps', async () => {
  const stretched = part(0);
  for (let e = 0; e < stretched.data.length; e += 4) stretched.data[e] *= 20;
  const target = { rows: words, pairs: places(30) };
  const found = async (by: unknown) => {
    const { objects, ofWords } = await ground([{ rows: stretched }], target, {
      by: by as Alignment,
    });
    const asked = await ofWords(words);
    return dot(row(objects, 35), row(asked, 35));
  };
  expect(await found(affine)).toBeGreaterThan(0.999);
  expect(await found(procrustes)).toBeLessThan(0.99);
});

test('words are placed as if each were alone', async () => {
  const { ofWords } = await ground([{ rows: part(1) }], { rows: words, pairs: places(30) });
  const [all, alone] = [await ofWords(words), await ofWords(gathered(words, [7]))];
  expect(Array.from(alone.data)).toEqual(Array.from(row(all, 7)));
});

test('counted vectors tell rows with the same company from others', async () => {
  const table = matrix(Float64Array.from([5, 5, 0, 0, 9, 8, 0, 0, 0, 0, 4, 4, 0, 0, 0, 0]), 4, 4);
  const { data, cols } = await countedVectors(table, { dim: 2, power: 1 });
  const own = (i: number) => data.subarray(i * cols, (i + 1) * cols);
  const cosine = (i: number, j: number) =>
    dot(own(i), own(j)) / Math.sqrt(dot(own(i), own(i)) * dot(own(j), own(j)));
  expect(cosine(0, 1)).toBeGreaterThan(0.999);
  expect(Math.abs(cosine(0, 2))).toBeLessThan(1e-9);
  expect(Array.from(own(3))).toEqual([0, 0]);
});

test('what cannot be is refused in a sentence', async () => {
  const a = part(1);
  const target = { rows: words, pairs: places(10) };
  const zeros = matrix(new Float64Array(a.data.length), N, 4);
  const refused: [Promise<unknown>, string][] = [
    [ground([], target), 'expected a part or more; got none.'],
    [
      ground([{ rows: a }, { rows: gathered(a, [0, 1]) }], target),
      'got 40 in part 0 and 2 in part 1.',
    ],
    [ground([{ rows: a, weight: -1 }], target), 'option "weight" must be 0 or more, not all 0'],
    [
      ground([{ rows: zeros }], target),
      'expected 2 objects with a word of which part 0 says something; got 0.',
    ],
    [ground([{ rows: a }], { rows: words, pairs: { a: [0], b: [] } }), 'as many objects as words'],
    [
      ground([{ rows: a }], { rows: words, pairs: { a: [99], b: [0] } }),
      'object 99 and word 0 in pair 0',
    ],
    [
      ground([{ rows: a }], target, { dim: 0 }),
      'option "dim" must be a whole number, 1 or more; got 0.',
    ],
    [
      ground([{ rows: a }], target, { by: ccaSubspace as unknown as Alignment }),
      'option "by" must be an alignment into the space of the words; got "cca-subspace".',
    ],
    [countedVectors(matrix(Float64Array.from([1, -2]), 1, 2), { dim: 1 }), 'row 0, column 1 is -2'],
    [countedVectors(matrix(Float64Array.from([1, 2]), 1, 2), { dim: 2 }), 'must be 1 to 1'],
  ];
  for (const [promise, sentence] of refused) await expect(promise).rejects.toThrow(sentence);
});
