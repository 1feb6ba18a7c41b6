import { describe, expect, it } from 'vitest';
import { createNativePool, nativeInstructionSets } from './engine.ts';

/** exp, log, the angle θ with 1 − cos θ = q, and 1/√x, as in kernels/vector-math.h. */
const FUNCTIONS = ['exp', 'log', 'angle', 'inverse-root'] as const;

/** What each instruction set gives for float32 values. */
function evaluated(set: string, name: (typeof FUNCTIONS)[number], x: Float32Array): Float32Array {
  const pool = createNativePool(1, set);
  const y = new Float32Array(x.length);
  const numbers = [FUNCTIONS.indexOf(name), x.length];
  void pool.run('vector-math', { kernel: 'vector_math', numbers, arrays: [x, y], operations: 1 });
  pool.end();
  return y;
}

/** The distance of neighbouring float32 values at |y|. */
function ulp(y: number): number {
  return 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(y)))) - 23);
}

/** Values from `from` to `to`, all float32 values as likely as their exponents are many. */
function between(from: number, to: number, count: number): Float32Array {
  const bits = new Uint32Array(Float32Array.of(from, to).buffer);
  const pattern = Uint32Array.from(
    { length: count },
    (_, i) => bits[0] + Math.round(((bits[1] - bits[0]) * i) / (count - 1)),
  );
  return new Float32Array(pattern.buffer);
}

function worst(
  x: Float32Array,
  y: Float32Array,
  exact: (x: number) => number,
  unit: (y: number) => number,
): number {
  let most = 0;
  for (let i = 0; i < x.length; i++) {
    const wanted = exact(x[i]);
    const error = Math.abs(y[i] - wanted) / unit(wanted);
    if (!(error <= most)) most = error;
  }
  return most;
}

const COUNT = 100_003;

for (const set of nativeInstructionSets()) {
  describe(`vector functions, ${set}`, () => {
    it('exp errs by less than 1.5 ulp where the result is a normal number', () => {
      for (const x of [between(-1e-9, -86.9, COUNT), between(1e-9, 88.7, COUNT)])
        expect(worst(x, evaluated(set, 'exp', x), Math.exp, ulp)).toBeLessThan(1.5);
    });

    it('exp is 0 below −87 and ∞ above 88.73', () => {
      const x = Float32Array.of(-87.01, -1e30, -Infinity, 88.73, 1e30, Infinity, 0);
      const wanted = [0, 0, 0, Infinity, Infinity, Infinity, 1];
      expect([...evaluated(set, 'exp', x)]).toEqual(wanted);
    });

    it('log errs by less than 2⁻²³ · max(1, |ln x|)', () => {
      const x = between(1.2e-38, 3e38, COUNT);
      const unit = (y: number): number => 2 ** -23 * Math.max(1, Math.abs(y));
      expect(worst(x, evaluated(set, 'log', x), Math.log, unit)).toBeLessThan(1);
      const near = between(0.9, 1.1, COUNT);
      expect(worst(near, evaluated(set, 'log', near), Math.log, unit)).toBeLessThan(1);
    });

    it('1/√x errs by less than 2 ulp', () => {
      const x = between(1.2e-38, 3e38, COUNT);
      expect(
        worst(x, evaluated(set, 'inverse-root', x), (v) => 1 / Math.sqrt(v), ulp),
      ).toBeLessThan(2);
    });

    it('the angle errs by less than 3 ulp from coincident to opposite directions', () => {
      const exact = (q: number): number => 2 * Math.atan2(Math.sqrt(q), Math.sqrt(2 - q));
      const x = between(1e-30, 2, COUNT);
      expect(worst(x, evaluated(set, 'angle', x), exact, ulp)).toBeLessThan(3);
      expect([...evaluated(set, 'angle', Float32Array.of(0, 2))]).toEqual([
        0,
        Math.fround(Math.PI),
      ]);
    });
  });
}

describe('vector functions', () => {
  it('are tested with every instruction set that native kernels can use here', () => {
    expect(new Set(nativeInstructionSets()).size).toBe(nativeInstructionSets().length);
  });
});
