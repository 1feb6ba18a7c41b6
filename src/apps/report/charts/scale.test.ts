import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearScale, logScale, logTicks, niceDomain, niceTicks } from './scale.ts';

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const domain = fc
  .tuple(finite, fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
  .map(([a, width]): [number, number] => [a, a + width]);

describe('linear scale', () => {
  test('the ends of the domain land on the ends of the range', () => {
    fc.assert(
      fc.property(domain, ([a, b]) => {
        const scale = linearScale([a, b], [300, 20]);
        expect(scale(a)).toBeCloseTo(300, 6);
        expect(scale(b)).toBeCloseTo(20, 6);
      }),
    );
  });

  test('a domain of no width is opened, so positions stay finite', () => {
    expect(linearScale([3, 3], [0, 10])(3)).toBe(5);
    expect(linearScale([0, 0], [0, 10])(0)).toBe(5);
  });
});

describe('nice ticks', () => {
  test('are 1, 2 or 5 times a power of ten apart and stay inside', () => {
    fc.assert(
      fc.property(domain, fc.integer({ min: 2, max: 10 }), ([a, b], count) => {
        const values = niceTicks(a, b, count).map((t) => t.value);
        for (let i = 1; i < values.length; i++) {
          const step = values[i] - values[i - 1];
          const mantissa = step / 10 ** Math.floor(Math.log10(step * 1.0001));
          const near = [1, 2, 5].some((f) => Math.abs(mantissa - f) < 1e-3);
          expect(near).toBe(true);
        }
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(a - 1e-6 * (b - a));
          expect(value).toBeLessThanOrEqual(b + 1e-6 * (b - a));
        }
        expect(values.length).toBeLessThanOrEqual(2 * count + 2);
        expect(values.length).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  test('print without rounding noise', () => {
    expect(niceTicks(0, 0.5, 5).map((t) => t.value)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(niceTicks(-2, 2, 4).map((t) => t.label)).toEqual(['−2', '−1', '0', '1', '2']);
    expect(niceTicks(0, 20000, 4).map((t) => t.label)).toContain('15,000');
  });

  test('a nice domain holds the given one and ends on steps', () => {
    expect(niceDomain(0.13, 0.87, 5)).toEqual([0, 1]);
    expect(niceDomain(120, 2340, 5)).toEqual([0, 2500]);
    fc.assert(
      fc.property(domain, ([a, b]) => {
        const [from, to] = niceDomain(a, b);
        const slack = 1e-6 * (b - a);
        expect(from).toBeLessThanOrEqual(a + slack);
        expect(to).toBeGreaterThanOrEqual(b - slack);
      }),
    );
  });
});

describe('log scale', () => {
  test('equal ratios are equal distances', () => {
    const scale = logScale([1, 1000], [0, 300]);
    expect(scale(1)).toBe(0);
    expect(scale(10)).toBeCloseTo(100, 10);
    expect(scale(1000)).toBeCloseTo(300, 10);
  });

  test('ticks are powers of ten over many decades and finer over few', () => {
    expect(logTicks(1, 1e6).map((t) => t.value)).toEqual([1, 10, 100, 1e3, 1e4, 1e5, 1e6]);
    expect(logTicks(2, 40).map((t) => t.value)).toEqual([3, 10, 30]);
    expect(logTicks(1e-9, 1e-6).map((t) => t.label)).toEqual(['10⁻⁹', '10⁻⁸', '10⁻⁷', '10⁻⁶']);
  });

  test('even a narrow domain has at least two ticks', () => {
    expect(logTicks(4.1, 4.9).length).toBeGreaterThanOrEqual(2);
  });
});
