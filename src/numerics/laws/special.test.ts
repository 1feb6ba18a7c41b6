import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cos, exp, log, sin } from '../../core/numeric.ts';
import {
  betainc,
  betaincInverse,
  digamma,
  gaussLegendre,
  logBeta,
  logGamma,
  logGammaModulus,
  logHypergeometric0F1,
} from './special.ts';

const EULER = 0.5772156649015329;

function expectClose(actual: number, expected: number, relative = 1e-13): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(
    relative * Math.max(Math.abs(expected), 1e-300),
  );
}

describe('logGamma', () => {
  test('gives factorials', () => {
    let logFactorial = 0;
    for (let n = 1; n <= 170; n++) {
      expect(Math.abs(logGamma(n) - logFactorial)).toBeLessThan(1e-14 * Math.max(1, logFactorial));
      logFactorial += log(n);
    }
  });
  test('gives √π at ½ and the value of Abramowitz and Stegun at 1.25', () => {
    expectClose(exp(logGamma(0.5)), Math.sqrt(Math.PI));
    expectClose(exp(logGamma(1.25)), 0.906402477055477);
  });
  test('obeys the duplication formula', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 5000, noNaN: true }), (x) => {
        const left = logGamma(2 * x);
        const right = logGamma(x) + logGamma(x + 0.5) + (2 * x - 1) * Math.LN2 - 0.5 * log(Math.PI);
        // Three evaluations, each within its stated error.
        expect(Math.abs(left - right)).toBeLessThan(3e-14 + 1e-15 * Math.abs(left));
      }),
    );
  });
  test('is NaN at 0 and below', () => {
    expect(logGamma(0)).toBeNaN();
    expect(logGamma(-1.5)).toBeNaN();
  });
});

describe('digamma', () => {
  test('gives −γ at 1 and −γ − 2 ln 2 at ½', () => {
    expectClose(digamma(1), -EULER);
    expectClose(digamma(0.5), -EULER - 2 * Math.LN2);
  });
  test('is the derivative of logGamma', () => {
    for (const x of [0.7, 3.2, 40.5, 800]) {
      const h = 1e-4 * x;
      const slope = (logGamma(x + h) - logGamma(x - h)) / (2 * h);
      expect(Math.abs(slope - digamma(x))).toBeLessThan(1e-7);
    }
  });
});

describe('logGammaModulus', () => {
  test('obeys |Γ(½ + ib)|² = π / cosh πb and |Γ(1 + ib)|² = πb / sinh πb', () => {
    for (const b of [0.1, 1, 2.5, 10, 30]) {
      const cosh = (exp(Math.PI * b) + exp(-Math.PI * b)) / 2;
      const sinh = (exp(Math.PI * b) - exp(-Math.PI * b)) / 2;
      expectClose(exp(2 * logGammaModulus(0.5, b)), Math.PI / cosh, 1e-12);
      expectClose(exp(2 * logGammaModulus(1, b)), (Math.PI * b) / sinh, 1e-12);
    }
  });
  test('is logGamma on the real axis', () => {
    for (const a of [0.3, 1, 7.5, 200]) {
      expect(Math.abs(logGammaModulus(a, 0) - logGamma(a))).toBeLessThan(
        1e-14 * Math.max(1, logGamma(a)),
      );
    }
  });
});

describe('logHypergeometric0F1', () => {
  test('is cosh(2√x) at b = ½ and sinh(2√x)/(2√x) at b = 3/2', () => {
    for (const x of [1e-8, 0.25, 4, 100, 10000]) {
      const z = 2 * Math.sqrt(x);
      expectClose(exp(logHypergeometric0F1(0.5, x) - z), (1 + exp(-2 * z)) / 2, 1e-12);
      if (x < 0.1) continue; // 1 − e^(−2z) cancels
      expectClose(exp(logHypergeometric0F1(1.5, x) - z), (1 - exp(-2 * z)) / (2 * z), 1e-12);
    }
  });
  test('gives the Bessel value I₀(2) = 2.279585302336067', () => {
    expectClose(exp(logHypergeometric0F1(1, 1)), 2.279585302336067);
  });
  test('stays finite where the sum itself overflows', () => {
    const value = logHypergeometric0F1(32, 1e8);
    expect(value).toBeGreaterThan(19_000);
    expect(value).toBeLessThan(20_000);
  });
});

describe('betainc', () => {
  test('is x^a at b = 1 and (2/π) arcsin √x at a = b = ½', () => {
    for (const x of [0.001, 0.2, 0.5, 0.77, 0.999]) {
      expectClose(betainc(3.5, 1, x), x ** 3.5);
      expectClose(betainc(0.5, 0.5, x), (2 / Math.PI) * Math.asin(Math.sqrt(x)));
    }
  });
  test('is a binomial tail at integers', () => {
    // P(Binomial(5, 0.3) ≥ 2) = I_0.3(2, 4)
    expectClose(betainc(2, 4, 0.3), 1 - 0.7 ** 5 - 5 * 0.3 * 0.7 ** 4);
  });
  test('and its mirror image sum to one', () => {
    const parameter = fc.double({ min: 0.5, max: 2000, noNaN: true });
    fc.assert(
      fc.property(parameter, parameter, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, x) => {
        expect(Math.abs(betainc(a, b, x) + betainc(b, a, 1 - x, x) - 1)).toBeLessThan(1e-12);
      }),
    );
  });
  test('is 0 at 0, 1 at 1, NaN outside', () => {
    expect(betainc(2, 3, 0)).toBe(0);
    expect(betainc(2, 3, 1)).toBe(1);
    expect(betainc(2, 3, -0.1)).toBeNaN();
    expect(betainc(0, 3, 0.5)).toBeNaN();
  });
});

describe('betaincInverse', () => {
  test('undoes betainc, tiny tails included', () => {
    const tail = fc.double({ min: -200, max: -0.01, noNaN: true }).map((e) => exp(e));
    const parameter = fc.double({ min: 0.5, max: 1000, noNaN: true });
    fc.assert(
      fc.property(parameter, parameter, tail, (a, b, p) => {
        const { x, complement } = betaincInverse(a, b, p);
        fc.pre(x > 0 && complement > 0);
        expectClose(betainc(a, b, x, complement), p, 1e-10);
        expect(Math.abs(x + complement - 1)).toBeLessThan(1e-15);
      }),
    );
  });
  test('keeps both tails: p = 1 − 1e-30 is not 1', () => {
    const { x, complement } = betaincInverse(0.5, 8, 1 - 1e-30, 1e-30);
    expect(complement).toBeGreaterThan(0);
    expectClose(betainc(8, 0.5, complement, x), 1e-30, 1e-11);
  });
  test('gives the ends exactly', () => {
    expect(betaincInverse(2, 3, 0)).toEqual({ x: 0, complement: 1 });
    expect(betaincInverse(2, 3, 1)).toEqual({ x: 1, complement: 0 });
  });
});

describe('logBeta', () => {
  test('is ln π at (½, ½)', () => expectClose(logBeta(0.5, 0.5), log(Math.PI)));
});

describe('gaussLegendre', () => {
  test('has the published nodes and weights at n = 3', () => {
    const { nodes, weights } = gaussLegendre(3);
    expectClose(nodes[2], Math.sqrt(0.6));
    expect(nodes[1]).toBe(0);
    expectClose(weights[0], 5 / 9);
    expectClose(weights[1], 8 / 9);
  });
  test('integrates sin over [0, π] and powers up to degree 2n − 1', () => {
    for (const n of [1, 2, 5, 20, 400]) {
      const { nodes, weights } = gaussLegendre(n);
      expect(nodes.every((x, i) => i === 0 || x > nodes[i - 1])).toBe(true);
      expectClose(
        weights.reduce((s, w) => s + w, 0),
        2,
        1e-13,
      );
      const degree = 2 * n - 2;
      const power = nodes.reduce((s, x, i) => s + weights[i] * x ** degree, 0);
      expectClose(power, 2 / (degree + 1), 1e-12);
      if (n < 20) continue;
      const sine = nodes.reduce((s, x, i) => s + weights[i] * sin((Math.PI / 2) * (1 + x)), 0);
      expectClose((Math.PI / 2) * sine, 2, 1e-13);
      expect(
        Math.abs(nodes.reduce((s, x, i) => s + weights[i] * cos(x), 0) - 2 * sin(1)),
      ).toBeLessThan(1e-13);
    }
  });
});
