import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { relatedPair } from '../../testing/comparison-laws.ts';
import { normalMatrix, product } from '../../testing/matrices.ts';
import { rotation, turned } from '../../testing/points.ts';
import { type CompareResult, compare } from './compare.ts';

type Points = Matrix<Float32Array>;

const normal = (n: number, d: number, seed: number) => toFloat32(normalMatrix(n, d, seed));
const unit = (m: Points) => unitOrZeroRows(m).points;

function mapped(m: Points, of: (x: number, row: number, column: number) => number): Points {
  const data = m.data.map((x, at) => of(x, Math.floor(at / m.cols), at % m.cols));
  return { ...m, data };
}

const offset = (m: Points, size: number) => mapped(m, (x, _, c) => x + size * (1 + Math.cos(c)));

function noisy(m: Points, size: number): Points {
  const random = Random.fromSeed(12);
  return mapped(m, (x) => x + size * random.normal());
}

function half(m: Points): Points {
  const d = m.cols / 2;
  const data = Float32Array.from({ length: m.rows * d }, (_, at) => {
    return m.data[Math.floor(at / d) * m.cols + (at % d)];
  });
  return matrix(data, m.rows, d);
}

type Headline =
  | 'The same vectors'
  | 'The same directions'
  | 'some rows'
  | 'Nearly the same vectors'
  | 'The same space in other coordinates'
  | 'Nearly the same space'
  | 'in common'
  | 'nothing'
  | 'constant';

/** What a headline says, in a word. */
function said(sentence: string): Headline {
  if (/not the same in both/.test(sentence)) return 'some rows';
  if (/one and the same vector/.test(sentence)) return 'constant';
  if (/[Nn]othing .*beyond chance/.test(sentence)) return 'nothing';
  for (const words of [
    'The same vectors',
    'The same directions',
    'Nearly the same vectors',
    'The same space in other coordinates',
    'Nearly the same space',
  ] as const) {
    if (sentence.startsWith(words)) return words;
  }
  expect(sentence).toMatch(/^(Much|Something|Little) in common/);
  return 'in common';
}

/** Two files of a kind, and what may be said of them: the first is what many rows get. */
type Kind = readonly [
  name: string,
  make: (a: Points) => readonly [Points, Points],
  headlines: readonly Headline[],
];

const KINDS: readonly Kind[] = [
  ['the same', (a) => [a, a], ['The same vectors']],
  ['the same, far from the origin', (a) => [offset(a, 100), offset(a, 100)], ['The same vectors']],
  [
    'other lengths',
    (a) => [a, mapped(a, (x, i) => (1 + (i % 4)) * x)],
    ['The same directions', 'some rows'],
  ],
  ['one factor', (a) => [a, mapped(a, (x) => 4 * x)], ['The same directions']],
  [
    'three other rows',
    (a) => [a, mapped(a, (x, i) => (i % 6 === 1 && i < 18 ? Math.sin(9 * x + i) : x))],
    ['some rows'],
  ],
  ['noise', (a) => [a, noisy(a, 0.05)], ['Nearly the same vectors']],
  [
    'noise, far from the origin',
    (a) => [offset(a, 10), noisy(offset(a, 10), 0.05)],
    ['Nearly the same vectors'],
  ],
  ['levels', (a) => [a, mapped(a, (x) => Math.round(20 * x) / 20)], ['Nearly the same vectors']],
  [
    'a rotation',
    (a) => [a, toFloat32(turned(a, rotation(a.cols, 3)))],
    ['The same space in other coordinates', 'Nearly the same space', 'in common'],
  ],
  [
    'a rotation and noise',
    (a) => [a, noisy(toFloat32(turned(a, rotation(a.cols, 3))), 0.2)],
    ['Nearly the same space', 'in common'],
  ],
  [
    'a rotation and a large offset',
    (a) => [a, offset(toFloat32(turned(a, rotation(a.cols, 3))), 20)],
    ['in common', 'Nearly the same space'],
  ],
  ['an offset', (a) => [a, offset(a, 20)], ['in common', 'Nearly the same space']],
  ['fewer dimensions', (a) => [a, half(a)], ['in common', 'Nearly the same space']],
  [
    'a linear map',
    (a) => [a, toFloat32(product(a, normalMatrix(a.cols, a.cols, 6)))],
    ['in common'],
  ],
  [
    'another model of the same',
    (a) => {
      const { a: x, b: y } = relatedPair(a.rows, a.cols, a.cols, 5);
      return [toFloat32(x), toFloat32(y)];
    },
    ['in common', 'nothing'],
  ],
  ['permuted rows', (a) => [a, gathered(a, Random.fromSeed(5).sample(a.rows))], ['nothing']],
  ['unrelated', (a) => [a, normal(a.rows, a.cols, 99)], ['nothing']],
  ['unrelated, of unit length', (a) => [unit(a), unit(normal(a.rows, a.cols, 99))], ['nothing']],
  ['unrelated, of other dimensions', (a) => [a, normal(a.rows, a.cols + 3, 99)], ['nothing']],
  [
    'unrelated, one offset',
    (a) => [offset(a, 10), offset(normal(a.rows, a.cols, 99), 10)],
    ['nothing'],
  ],
  [
    'unrelated, a huge offset',
    (a) => [offset(a, 1e4), offset(normal(a.rows, a.cols, 99), 1e4)],
    ['nothing'],
  ],
  [
    'unrelated, own offsets',
    (a) => [
      offset(a, 10),
      mapped(normal(a.rows, a.cols, 99), (x, _, c) => x - 8 * Math.cos(3 * c)),
    ],
    ['nothing'],
  ],
  [
    'unrelated levels',
    (a) => [mapped(a, Math.round), mapped(normal(a.rows, a.cols, 99), Math.round)],
    ['nothing'],
  ],
  [
    'unrelated signs',
    (a) => [mapped(a, Math.sign), mapped(normal(a.rows, a.cols, 99), Math.sign)],
    ['nothing'],
  ],
  ['one constant', (a) => [a, mapped(a, (_, __, c) => a.data[c])], ['constant']],
  ['the other constant', (a) => [mapped(a, (_, __, c) => a.data[c]), a], ['constant']],
];

/** What parity may say beside a headline. */
const AGREES: Readonly<Record<Headline, RegExp>> = {
  'The same vectors': /^(identical|rounding)$/,
  'The same directions': /^(scaled|missing-normalization)$/,
  'some rows': /^(some-rows-differ|missing-normalization)$/,
  'Nearly the same vectors':
    /^(quantization|pooling|rounding|binary-quantization|outlier-dimension|shifted-mean)$/,
  'The same space in other coordinates': /^(rotated|permuted-columns|flipped-columns)$/,
  'Nearly the same space': /^(rotated|linear-layer|another-model|pooling|shifted-mean|truncated)$/,
  'in common': /^(?!identical|unrelated|collapsed|some-rows)/,
  nothing: /^(unrelated|permuted-rows|collapsed|linear-layer|truncated)$/,
  constant: /^(collapsed|identical)$/,
};

function requireConsistent({ sentence, parity, comparisons }: CompareResult): void {
  const word = said(sentence);
  expect(parity?.verdict, `${sentence} ${JSON.stringify(parity)}`).toMatch(AGREES[word]);
  const beyond = (id: string) => {
    const row = comparisons.find((found) => found.id === id);
    const chance = row?.null?.value ?? NaN;
    return ((row?.value ?? NaN) - chance) / (1 - chance);
  };
  if (word === 'Nearly the same vectors') expect(beyond('mean-row-cosine')).toBeGreaterThan(0.9);
  if (word === 'Nearly the same space') expect(beyond('rotated-row-cosine')).toBeGreaterThan(0.9);
}

describe.each([
  [24, 8],
  [120, 12],
])('%i rows of %i columns: the headline, parity and the nulls agree', (n, d) => {
  test.each(KINDS)('%s', async (_, make, headlines) => {
    for (const seed of [1, 2]) {
      const [a, b] = make(normal(n, d, seed));
      const result = await compare(a, b, { parity: true, engine: 'reference' });
      expect(headlines, `${result.sentence} ${result.parity?.sentence}`).toContain(
        said(result.sentence),
      );
      requireConsistent(result);
    }
  });
});

describe('the headline', () => {
  test('names its null beside a likeness', async () => {
    const a = offset(normal(80, 6, 1), 5);
    const { sentence } = await compare(a, noisy(a, 0.02));
    expect(sentence).toMatch(
      /mean row cosine 1\.000 where unrelated rows have 0\.9\d\d, neighbour/,
    );
  });

  test('names the rows that are not the same', async () => {
    const a = normal(40, 6, 1);
    const { sentence } = await compare(
      a,
      mapped(a, (x, i) => (i === 7 || i === 30 ? -x : x)),
    );
    expect(sentence).toMatch(
      /^2 of 40 rows are not the same in both \(rows 7 and 30\), the other 38 are/,
    );
  });

  test('much, something and little in common, by how far the numbers lie beyond chance', async () => {
    const a = normal(300, 8, 1);
    const mixed = (size: number) => noisy(toFloat32(turned(a, rotation(8, 2))), size);
    const words = [];
    for (const size of [0.45, 1, 3])
      words.push((await compare(a, mixed(size))).sentence.split(' ')[0]);
    expect(words).toEqual(['Much', 'Something', 'Little']);
  });

  test('rows that are not finite are left out of the numbers where parity names them', async () => {
    const a = normal(40, 6, 1);
    const b = mapped(a, (x, i) => (i === 3 ? NaN : x));
    const { n, parity, warnings, sentence } = await compare(a, b, { parity: true });
    expect(n).toBe(39);
    expect(sentence).toMatch(
      /^1 row is not finite in one of the files\. Of the other 39: The same vectors/,
    );
    expect(parity?.sentence).toMatch(/^1 of 40 rows of B \(row 3\) has values that are not finite/);
    expect(warnings).toContain(
      '1 row is not finite in one of the files: the numbers are of the others.',
    );
    await expect(compare(a, b)).rejects.toThrow('row 3, column 0 of B is NaN');
    const none = mapped(a, () => NaN);
    await expect(compare(a, none, { parity: true })).rejects.toThrow('Every row of B has values');
  });

  test('numbers with options of their own change neither the headline nor the verdict', async () => {
    const [a, b] = [normal(60, 6, 1), normal(60, 6, 2)];
    const own = await compare(a, b, { parity: true });
    const biased = 'linear-cka(estimator=biased)';
    const asked = { parity: true, metrics: [biased, 'rbf-cka(bandwidth=3)', 'all'] };
    const also = await compare(a, b, asked);
    expect(also.sentence).toBe(own.sentence);
    expect(also.parity).toEqual(own.parity);
    expect((await compare(a, b, { parity: true, metrics: [biased] })).parity).toEqual(own.parity);
    expect((await compare(a, b, { parity: true, k: 3 })).parity).toEqual(own.parity);
  });

  test('does not speak of other models where parity names what was done', async () => {
    const a = normal(80, 8, 1);
    const { sentence, parity } = await compare(
      a,
      mapped(a, (x) => Math.round(9 * x) + 40),
      { parity: true },
    );
    expect(parity?.verdict).toBe('quantization');
    expect(sentence).toMatch(/^Much in common as the values stand: .* is named by parity\.$/);
  });

  test('n × d against d × n is named by parity where one is the other’s transpose', async () => {
    const a = normal(40, 6, 1);
    const b = matrix(
      Float32Array.from(a.data, (_, at) => a.data[(at % 40) * 6 + Math.floor(at / 40)]),
      6,
      40,
    );
    const { parity } = await compare(a, b, { parity: true });
    expect(parity?.verdict).toBe('transposed');
    await expect(compare(a, normal(6, 40, 1), { parity: true })).rejects.toThrow(
      'as many rows in A as in B',
    );
  });
});
