import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random, threefry } from './random.ts';

describe('threefry', () => {
  // kat_vectors of the Random123 distribution, threefry2x32, 20 rounds.
  it.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [-1, -1],
      [-1, -1],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ])('key %j, counter %j gives the published %j', (key, counter, published) => {
    const out = new Uint32Array(2);
    threefry(key[0], key[1], counter[0], counter[1], out);
    expect([...out]).toEqual(published);
  });
});

describe('Random', () => {
  it('gives the same numbers for the same seed, others for another', () => {
    const of = (seed: number) => {
      const random = Random.fromSeed(seed);
      return Array.from({ length: 5 }, () => random.uniform());
    };
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
    expect(of(2 ** 40)).not.toEqual(of(0));
  });

  it('forks do not depend on how much of the stream was used', () => {
    const fresh = Random.fromSeed(3);
    const used = Random.fromSeed(3);
    for (let i = 0; i < 100; i++) used.normal();
    expect(used.fork('init').uint32()).toBe(fresh.fork('init').uint32());
    expect(used.fork(12).uint32()).toBe(fresh.fork(12).uint32());
  });

  it('forks under different names differ', () => {
    const random = Random.fromSeed(0);
    const names = ['init', 'step', 'batch', 0, 1, 2, 2 ** 33];
    const firsts = new Set(names.map((name) => random.fork(name).uint32()));
    expect(firsts.size).toBe(names.length);
  });

  it('uniform numbers lie in [0, 1) with mean ½ and variance 1/12', () => {
    const random = Random.fromSeed(11);
    const n = 100_000;
    let sum = 0;
    let squares = 0;
    let outside = 0;
    for (let i = 0; i < n; i++) {
      const u = random.uniform();
      if (!(u >= 0 && u < 1)) outside += 1;
      sum += u;
      squares += u * u;
    }
    expect(outside).toBe(0);
    const mean = sum / n;
    // Five standard errors.
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 / Math.sqrt(12 * n));
    expect(Math.abs(squares / n - mean ** 2 - 1 / 12)).toBeLessThan(5 / Math.sqrt(180 * n));
  });

  it.each([0, 1])(
    'many normal numbers are those drawn one by one, after %i other words',
    (words) => {
      const [many, single] = [Random.fromSeed(7), Random.fromSeed(7)];
      for (let i = 0; i < words; i++) expect(many.uint32()).toBe(single.uint32());
      // Long enough for the tail of the ziggurat.
      const out = new Float64Array(20_000);
      many.normals(out);
      expect(out).toEqual(out.map(() => single.normal()));
      expect(many.uint32()).toBe(single.uint32());
    },
  );

  it('normal numbers have moments 0, 1, 0, 3', () => {
    const random = Random.fromSeed(12);
    const n = 100_000;
    const moments = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const z = random.normal();
      for (let p = 0; p < 4; p++) moments[p] += z ** (p + 1) / n;
    }
    // Five standard errors: the pth powers have variances 1, 2, 15, 96.
    for (const [p, [expected, variance]] of [
      [0, 1],
      [1, 2],
      [0, 15],
      [3, 96],
    ].entries()) {
      expect(Math.abs(moments[p] - expected)).toBeLessThan(5 * Math.sqrt(variance / n));
    }
  });

  it('integers are below n and reach every value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(), (n, seed) => {
        const random = Random.fromSeed(seed);
        const seen = new Set<number>();
        for (let i = 0; i < 40 * n; i++) seen.add(random.integer(n));
        expect([...seen].every((value) => value >= 0 && value < n)).toBe(true);
        if (n <= 20) expect(seen.size).toBe(n);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('a sample holds distinct numbers below n; a full one is a permutation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (n, seed) => {
        for (const k of [1, Math.ceil(n / 20), n]) {
          const sample = Random.fromSeed(seed).sample(n, k);
          expect(sample.length).toBe(k);
          expect(new Set(sample).size).toBe(k);
          expect(sample.every((value) => value >= 0 && value < n)).toBe(true);
        }
      }),
      { seed: 2, numRuns: 50 },
    );
  });
});

it('numbers drawn one after another are those of the whole permutation', () => {
  for (const n of [0, 1, 2, 17])
    expect([...Random.fromSeed(n).sampling(n)]).toEqual([...Random.fromSeed(n).sample(n)]);
});
