import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acos, angleOfChord, asin, atan2, cbrt, cos, exp, log, pow, sin } from './numeric.ts';

const bits = new DataView(new ArrayBuffer(8));

/** The distance between neighbouring doubles at x. */
function unitInLastPlace(x: number): number {
  bits.setFloat64(0, Math.abs(x));
  const exponent = (bits.getUint32(0) >>> 20) & 2047;
  return 2 ** Math.max(-1074, exponent - 1075);
}

function real(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true });
}

/** `Math` is itself off by up to one unit. */
function expectWithin(units: number, got: number, wanted: number): void {
  if (Object.is(got, wanted) || got === wanted) return;
  expect(Math.abs(got - wanted) / unitInLastPlace(wanted)).toBeLessThanOrEqual(units + 1);
}

const RUNS = { numRuns: 5000 };

describe('numeric agrees with Math within the stated units in the last place', () => {
  const cases = [
    ['exp', exp, Math.exp, real(-745, 709.7), 2],
    ['log', log, Math.log, real(5e-324, Number.MAX_VALUE), 2],
    ['log near 1', log, Math.log, real(0.5, 2), 2],
    ['sin', sin, Math.sin, real(-1e5, 1e5), 2],
    ['cos', cos, Math.cos, real(-1e5, 1e5), 2],
    ['asin', asin, Math.asin, real(-1, 1), 3],
    ['acos', acos, Math.acos, real(-1, 1), 3],
  ] as const;
  for (const [name, own, standard, inputs, units] of cases) {
    it(name, () => {
      fc.assert(
        fc.property(inputs, (x) => expectWithin(units, own(x), standard(x))),
        RUNS,
      );
    });
  }

  it('atan2', () => {
    const inputs = real(-1e6, 1e6);
    fc.assert(
      fc.property(inputs, inputs, (y, x) => {
        expectWithin(2, atan2(y, x), Math.atan2(y + 0, x + 0)); // −0 counts as 0
      }),
      RUNS,
    );
  });
});

describe('numeric at the ends', () => {
  it('exp overflows to infinity and underflows to zero', () => {
    expect([exp(0), exp(710), exp(Infinity), exp(-746), exp(-Infinity)]).toEqual([
      1,
      Infinity,
      Infinity,
      0,
      0,
    ]);
    expect(exp(-745)).toBe(5e-324);
  });

  it('log of 0 is −∞, of a negative number NaN, of 1 exactly 0', () => {
    expect([log(0), log(-1), log(1), log(Infinity)]).toEqual([-Infinity, NaN, 0, Infinity]);
  });

  it('NaN stays NaN', () => {
    for (const f of [exp, log, sin, cos, asin, acos]) expect(f(NaN)).toBeNaN();
    expect(atan2(NaN, 1)).toBeNaN();
    expect(pow(NaN, 2.5)).toBeNaN();
  });

  it('angles are exact where they are known', () => {
    expect([atan2(0, 0), atan2(0, -1), atan2(1, 0), atan2(-1, 0)]).toEqual([
      0,
      Math.PI,
      Math.PI / 2,
      -Math.PI / 2,
    ]);
    expect(atan2(Infinity, Infinity)).toBe(Math.PI / 4);
    expect([acos(1), acos(-1), asin(1), asin(0)]).toEqual([0, Math.PI, Math.PI / 2, 0]);
  });

  it('whole powers are products: exact where the result is a whole number', () => {
    expect([pow(2, 10), pow(10, 15), pow(3, 0), pow(4, -2), pow(0, 0), pow(0, -1)]).toEqual([
      1024,
      1e15,
      1,
      1 / 16,
      1,
      Infinity,
    ]);
  });

  it('xʸ⁺ᶻ = xʸ · xᶻ', () => {
    fc.assert(
      fc.property(real(0.01, 100), real(-5, 5), real(-5, 5), (x, y, z) => {
        const product = pow(x, y) * pow(x, z);
        expect(Math.abs(pow(x, y + z) / product - 1)).toBeLessThan(1e-13);
      }),
    );
  });

  it('the cube of a cube root is the number, to the last places', () => {
    fc.assert(
      fc.property(real(-1e6, 1e6), (x) => {
        expect(Math.abs(cbrt(x) ** 3 - x)).toBeLessThanOrEqual(4 * unitInLastPlace(x));
      }),
    );
    expect([cbrt(27), cbrt(-8), cbrt(0), cbrt(-Infinity)]).toEqual([3, -2, 0, -Infinity]);
    expect(cbrt(NaN)).toBeNaN();
  });

  it('the angle of a chord is accurate near 0 and π for chord 2', () => {
    expect(angleOfChord(1e-9)).toBeCloseTo(1e-9, 24);
    expect(angleOfChord(Math.SQRT2)).toBeCloseTo(Math.PI / 2, 15);
    expect([angleOfChord(0), angleOfChord(2), angleOfChord(2.0000001)]).toEqual([
      0,
      Math.PI,
      Math.PI,
    ]);
  });
});
