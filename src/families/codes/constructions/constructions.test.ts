import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from '../../../core/matrix.ts';
import { lineBounds, upperBounds } from '../bounds/index.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import { singerSet } from './characters.ts';
import { integerProduct } from './exact-cosine.ts';
import { chains, everyConstruction } from './families.ts';
import { finiteField, primePower } from './finite-field.ts';
import type { Construction } from './index.ts';
import {
  constructionFor,
  constructionsNear,
  largestCosine,
  lineConstructionFor,
  listConstructions,
} from './index.ts';
import { golayWords, leechVectors, weight } from './leech.ts';
import { hadamard } from './steiner.ts';

/** Largest cosine of the first `first` rows with all rows, and the largest error of a length. */
function measured({ data, rows, cols }: Matrix<Float64Array>, first = rows) {
  let cosine = -1;
  let error = 0;
  for (let i = 0; i < Math.min(first, rows); i++) {
    for (let j = 0; j < rows; j++) {
      let sum = 0;
      for (let c = 0; c < cols; c++) sum += data[i * cols + c] * data[j * cols + c];
      if (i === j) error = Math.max(error, Math.abs(sum - 1));
      else cosine = Math.max(cosine, sum);
    }
  }
  return { cosine, error };
}

const required = (n: number, d: number) => {
  const code = constructionFor(n, d);
  if (!code) throw new Error(`no construction of ${n} points in R^${d}`);
  return code;
};

/** Constructions whose stated cosine is a bound that the set need not reach. */
const isUpperLimit = ({ name }: Construction) =>
  /Singer|phases|BCH|Reed–Solomon|labelled/.test(name);

const small = [3, 4, 5, 6, 7, 8, 12, 16, 22, 24].flatMap((d) =>
  everyConstruction(d).filter(({ size, dim }) => dim > d - 2 && size <= 600),
);

test('every small construction has its size, unit rows, and no cosine above its own', () => {
  expect(small.length).toBeGreaterThan(60);
  for (const construction of small) {
    const { size, dim, cosine, name } = construction;
    const { points } = construction.build(size, dim + 1);
    const found = measured(points);
    expect(points.rows, name).toBe(size);
    expect(points.cols, name).toBe(dim + 1);
    expect(found.error, name).toBeLessThan(1e-13);
    expect(found.cosine, name).toBeLessThan(cosine + 1e-13);
    if (!isUpperLimit(construction)) expect(found.cosine, name).toBeGreaterThan(cosine - 1e-13);
  }
});

test('whole-number coordinates give every small construction its cosine exactly', () => {
  let checked = 0;
  for (const construction of small) {
    const { exact } = construction.build(construction.size, construction.dim);
    if (!exact) continue;
    checked++;
    const order = K.compareQuadratics(
      largestCosine(exact, construction.size),
      construction.exactCosine(),
    );
    expect(isUpperLimit(construction) ? order <= 0 : order === 0, construction.name).toBe(true);
  }
  expect(checked).toBeGreaterThan(50);
});

test('whole-number coordinates have the lengths and products of the points', () => {
  for (const construction of small) {
    const { size, dim, name } = construction;
    const { points, exact } = construction.build(size, dim);
    if (exact?.kind !== 'integers') continue;
    const { data, cols } = points;
    for (const [i, j] of [
      [0, 0],
      [0, size - 1],
      [size >> 1, size - 1],
      [size - 1, size - 1],
    ] as const) {
      let sum = 0;
      for (let c = 0; c < cols; c++) sum += data[i * cols + c] * data[j * cols + c];
      const product = integerProduct(exact.numerators, exact.cols, i, j);
      expect(sum, name).toBeCloseTo(product / exact.squaredNorm, 12);
      if (i === j) expect(product, name).toBe(exact.squaredNorm);
    }
  }
});

test('the cosines of rounded doubles are not below the exact ones', () => {
  for (const construction of [...small, ...listConstructions(96), ...listConstructions(100)]) {
    const exact = construction.exactCosine();
    const stated = Q.fromNumber(construction.cosine);
    expect(Q.compare(stated, K.enclosure(exact).low), construction.name).toBeGreaterThanOrEqual(0);
  }
});

test('the sizes asked for most are met', () => {
  for (const [n, d, degrees] of [
    [1000, 512, 90],
    [1000, 1024, 90.0573],
    [1000, 64, 84.4465],
    [4224, 64, 82.8192],
    [20000, 64, 76.9496],
    [5000, 96, 81.8834],
    [50000, 100, 78.0125],
    [1000, 50, 79.66],
    [288, 16, 75.5224],
    [120, 4, 36],
    [100, 22, 84.784],
    [552, 23, 78.463],
    [16, 5, 78.463],
  ] as const) {
    const code = required(n, d);
    expect(code.deg).toBeGreaterThanOrEqual(degrees);
    expect([code.points.rows, code.points.cols]).toEqual([n, d]);
    const { cosine, error } = measured(code.points, 12);
    expect(error).toBeLessThan(1e-13);
    expect(cosine).toBeLessThanOrEqual(code.cosine + 1e-13);
  }
});

test('the Kerdock set has the cosine 1/8 exactly, on its unit vectors and a quarter of its words', () => {
  const { exact, exactCosine } = required(4224, 64);
  expect(exactCosine && K.quadraticText(exactCosine)).toBe('1/8');
  expect(exact && K.quadraticText(largestCosine(exact, 1200))).toBe('1/8');
});

test('51,200 labelled points have the exact cosine they are listed with, on a part of them', () => {
  const { exact, exactCosine, cosineText } = required(50_000, 100);
  expect(cosineText).toBe('367/1767');
  // Words 0 to 2047 are one coset; every later block of 2048 carries the next label.
  if (exact?.kind !== 'weighted') throw new Error('weights expected');
  expect(exact.blocks.map(({ weight }) => Q.rationalText(weight))).toEqual(['525/589', '64/589']);
  const found = largestCosine(exact, 4200);
  expect(exactCosine && K.compareQuadratics(found, exactCosine)).toBe(0);
});

test.each(
  chains.flatMap((chain) =>
    chain.levels
      .filter(({ bits }) => bits <= 17 && bits + Math.log2(chain.length) <= 24)
      .map((level) => [level.name, chain, level] as const),
  ),
)('%s: the words are as far apart as stated', (_, chain, { bits, distance }) => {
  // Both kinds of chain are closed under an addition that keeps distances, so one word tells all.
  const count = 2 ** bits;
  const words = chain.signs(count, 0);
  for (const from of [0, count >> 1]) {
    let most = -chain.length;
    for (let i = 0; i < count; i++) {
      if (i !== from) most = Math.max(most, integerProduct(words, chain.length, from, i));
    }
    expect(most).toBeLessThanOrEqual(chain.length - 2 * distance);
  }
});

test('shortening keeps the distance and halves the number of words', () => {
  for (const chain of chains.filter(({ length }) => length <= 32)) {
    for (const { bits, distance } of chain.levels.filter((level) => level.bits <= 12)) {
      for (let s = 1; s <= Math.min(3, chain.mostShortened, bits - 1); s++) {
        const count = 2 ** (bits - s);
        const cols = chain.length - s;
        const words = chain.signs(count, s);
        expect(words.length).toBe(count * cols);
        for (let i = 1; i < count; i++) {
          const product = integerProduct(words, cols, i, 0);
          expect(product).toBeLessThanOrEqual(cols - 2 * distance);
        }
      }
    }
  }
});

test('the Golay code has its weights, and the Leech lattice its products', () => {
  const weights = new Map<number, number>();
  for (const word of golayWords()) weights.set(weight(word), (weights.get(weight(word)) ?? 0) + 1);
  expect([...weights].sort(([x], [y]) => x - y)).toEqual([
    [0, 1],
    [8, 759],
    [12, 2576],
    [16, 759],
    [24, 1],
  ]);
  const { numerators, cols } = leechVectors();
  expect(numerators.length).toBe(196_560 * cols);
  for (const from of [0, 50_000, 196_559]) {
    const products = new Map<number, number>();
    for (let i = 0; i < 196_560; i++) {
      const product = integerProduct(numerators, cols, from, i);
      products.set(product, (products.get(product) ?? 0) + 1);
    }
    // Conway: 1, 4600, 47104, 93150, 47104, 4600, 1.
    expect([...products].sort(([x], [y]) => y - x).map(([, count]) => count)).toEqual([
      1, 4600, 47_104, 93_150, 47_104, 4600, 1,
    ]);
  }
});

test('the sections of the Leech lattice have the sizes they are listed with', () => {
  const sections = everyConstruction(23).filter(({ name }) => /Leech/.test(name));
  expect(sections.length).toBeGreaterThan(25);
  for (const { size, dim, cosine, build, name } of sections) {
    if (size > 8000 && dim !== 23) continue;
    const { points, exact } = build(size, dim);
    expect(points.rows, name).toBe(size);
    expect(exact?.kind === 'integers' && exact.numerators.length / exact.cols, name).toBe(size);
    const found = measured(points, 2);
    expect(found.cosine, name).toBeCloseTo(cosine, 12);
    expect(found.error, name).toBeLessThan(1e-13);
  }
});

test('a construction never passes a proven bound', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 2, max: 40 }), (n, d) => {
      const code = constructionFor(n, d);
      if (!code) return;
      expect(code.points.rows).toBe(n);
      const [bound] = upperBounds(n, d);
      expect(bound && code.cosine >= bound.cosine).toBe(true);
      expect(measured(code.points, 20).cosine).toBeLessThanOrEqual(code.cosine + 1e-12);
    }),
    { numRuns: 60 },
  );
});

test('the list is a front: more points cost a larger cosine, and more dimensions never hurt', () => {
  for (const d of [3, 8, 17, 24, 64]) {
    const list = listConstructions(d);
    for (const [i, construction] of list.entries()) {
      expect(construction.dim).toBeLessThanOrEqual(d);
      const next = list[i + 1];
      if (next) expect(next.cosine).toBeGreaterThanOrEqual(construction.cosine - 1e-12);
      const wider = listConstructions(d + 1).filter(({ size }) => size >= construction.size);
      if (construction.size > d + 2) {
        expect(Math.min(...wider.map(({ cosine }) => cosine))).toBeLessThan(
          construction.cosine + 1e-12,
        );
      }
    }
  }
});

test('fewer points are taken so that few pairs stay at the largest cosine', () => {
  const some = required(20, 6);
  expect(some.size).toBe(27);
  expect(some.cosine).toBeLessThanOrEqual(0.25);
  const contacts = ({ data, rows, cols }: Matrix<Float64Array>) => {
    let count = 0;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < i; j++) {
        let sum = 0;
        for (let c = 0; c < cols; c++) sum += data[i * cols + c] * data[j * cols + c];
        if (sum > 0.25 - 1e-9) count++;
      }
    }
    return count;
  };
  const schlafli = everyConstruction(6).find(({ size }) => size === 27);
  const plain = schlafli?.build(20, 6).points;
  expect(plain && contacts(some.points) < contacts(plain)).toBe(true);
});

test('the same request gives the same bytes', () => {
  for (const [n, d] of [
    [20, 6],
    [700, 64],
    [300, 50],
  ] as const) {
    expect(required(n, d).points.data).toEqual(required(n, d).points.data);
  }
});

test('sizes nobody can fill have no construction, and nonsense is refused in a sentence', () => {
  expect(constructionFor(3, 1)).toBeNull();
  expect(constructionFor(1000, 3)).toBeNull();
  expect(required(7, 2).deg).toBeCloseTo(360 / 7, 12);
  expect(required(2, 1).deg).toBe(180);
  expect(() => constructionFor(1, 3)).toThrow('expected at least 2 points; got 1.');
  expect(() => constructionFor(5, 0)).toThrow('at least 1 dimension');
  expect(() => listConstructions(2.5)).toThrow('at least 1 dimension');
});

test('starts near a size lie between two thirds and twice of it', () => {
  const near = constructionsNear(1000, 64);
  expect(near[0]?.size).toBe(1024);
  for (const { size } of near) expect(size * 1.5 >= 1000 && size <= 2000).toBe(true);
});

test('finite fields obey their laws', () => {
  for (const q of [2, 3, 4, 8, 9, 25, 27, 47, 64, 121]) {
    const { add, negate, multiply, power, trace, generator, p } = finiteField(q);
    const element = fc.integer({ min: 0, max: q - 1 });
    fc.assert(
      fc.property(element, element, element, (x, y, z) => {
        expect(multiply(x, add(y, z))).toBe(add(multiply(x, y), multiply(x, z)));
        expect(multiply(multiply(x, y), z)).toBe(multiply(x, multiply(y, z)));
        expect(add(x, negate(x))).toBe(0);
        expect(power(x, q)).toBe(x);
        expect(trace(add(x, y))).toBe((trace(x) + trace(y)) % p);
      }),
      { numRuns: 30 },
    );
    expect(new Set(Array.from({ length: q - 1 }, (_, e) => power(generator, e))).size).toBe(q - 1);
  }
  expect(primePower(12)).toBeUndefined();
});

test('Singer sets meet every difference once, Hadamard rows are orthogonal', () => {
  for (const q of [2, 3, 4, 5, 7, 8, 9]) {
    const order = q * q + q + 1;
    const set = singerSet(q);
    const differences = new Set(
      set.flatMap((x) => set.filter((y) => y !== x).map((y) => (x - y + order) % order)),
    );
    expect([set.length, differences.size]).toEqual([q + 1, order - 1]);
  }
  for (const order of [4, 8, 12, 20, 28]) {
    const sign = hadamard(order);
    for (let i = 0; i < order; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let c = 0; c < order; c++) sum += (sign?.(i, c) ?? 0) * (sign?.(j, c) ?? 0);
        expect(sum).toBe(i === j ? order : 0);
      }
    }
  }
  expect(hadamard(36)).toBeUndefined();
});

test('sets marked antipodal hold the opposite of each point', () => {
  const marked = small.filter((construction) => construction.antipodal);
  expect(marked.length).toBeGreaterThan(20);
  for (const { build, size, dim, name } of marked) {
    const { data, cols } = build(size, dim).points;
    for (const i of [0, size >> 1, size - 1]) {
      let least = 1;
      for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let c = 0; c < cols; c++) sum += data[i * cols + c] * data[j * cols + c];
        least = Math.min(least, sum);
      }
      expect(least, name).toBeCloseTo(-1, 12);
    }
  }
});

test('lines meet the Welch bound where equiangular frames exist, and never pass a proven one', () => {
  for (const [n, d, text] of [
    [6, 3, '√5/5'],
    [16, 6, '1/3'],
    [28, 7, '1/3'],
    [14, 7, '√13/13'],
    [276, 23, '1/5'],
    [120, 8, '1/2'],
    [2112, 64, '1/8'],
    [33, 32, '1/32'],
    [30, 32, '0'],
  ] as const) {
    const lines = lineConstructionFor(n, d);
    if (!lines) throw new Error(`no ${n} lines`);
    expect(lines.cosineText).toBe(text);
    const { data, rows, cols } = lines.points;
    expect(rows).toBe(n);
    let largest = 0;
    for (let i = 0; i < Math.min(rows, 40); i++) {
      for (let j = 0; j < rows; j++) {
        let sum = 0;
        for (let c = 0; c < cols; c++) sum += data[i * cols + c] * data[j * cols + c];
        if (i !== j) largest = Math.max(largest, Math.abs(sum));
      }
    }
    expect(largest).toBeLessThanOrEqual(lines.cosine + 1e-13);
    expect(lineBounds(n, d)[0]?.cosine).toBeLessThanOrEqual(lines.cosine);
  }
  expect(lineConstructionFor(1000, 3)).toBeNull();
  expect(() => lineConstructionFor(1, 3)).toThrow('at least 2 lines');
});

test('sizes that no memory holds get a sentence before anything is built', () => {
  for (const make of [constructionFor, lineConstructionFor]) {
    expect(() => make(1e9, 64)).toThrow(/at most 1048576 in 64 dimensions/);
    expect(() => make(100, 1e9)).toThrow(/at most 0 in 1000000000 dimensions/);
  }
});
