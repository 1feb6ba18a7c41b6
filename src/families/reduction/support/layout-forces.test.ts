import { expect, test } from 'vitest';
import { floatBits, forceAt, forcesOf } from './layout-forces.ts';

test('a table gives its law to 2e-4 over the distances of maps, and stays finite beyond', () => {
  const law = (squared: number) => 1 / ((0.001 + squared) * (1 + 1.5 * squared ** 0.9));
  const { repulsion } = forcesOf(law, law);
  const bits = floatBits();
  for (let squared = 1e-9; squared < 1e6; squared *= 1.37)
    expect(Math.abs(forceAt(repulsion, squared, bits) / law(squared) - 1)).toBeLessThan(2e-4);
  expect(forceAt(repulsion, 0, bits)).toBeCloseTo(1000, 3);
  expect(forceAt(repulsion, 1e30, bits)).toBeLessThan(1e-15);
});
