import { expect, test } from 'vitest';
import { normalTail } from '../../../numerics/laws/normal.ts';
import { normalsInto } from './fast-normal.ts';

test('is the normal distribution and its density to 1e-15, at both sides and in the tails', () => {
  const z = Float64Array.from({ length: 4001 }, (_, i) => (i - 2000) / 200);
  const [cumulative, density] = [new Float64Array(4001), new Float64Array(4001)];
  normalsInto(z, cumulative, density);
  z.forEach((value, e) => {
    expect(Math.abs(cumulative[e] - normalTail(-value))).toBeLessThan(1e-15);
    const bell = Math.exp(-0.5 * value * value) / Math.sqrt(2 * Math.PI);
    expect(Math.abs(density[e] - bell)).toBeLessThan(1e-15);
  });
});
