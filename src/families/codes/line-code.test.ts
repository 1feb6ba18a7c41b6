import { expect, test } from 'vitest';
import { OptionError } from '../../core/errors.ts';
import { lineCode } from './line-code.ts';

test('equiangular lines are found or constructed, and Welch’s bound proves them', async () => {
  for (const [n, d, cosine] of [
    [6, 3, 1 / Math.sqrt(5)],
    [16, 6, 1 / 3],
    [28, 7, 1 / 3],
    [276, 23, 1 / 5],
  ] as const) {
    const { cosine: reached, certificate } = await lineCode({ n, d }, { chains: 2 });
    expect(reached).toBeCloseTo(cosine, 12);
    expect(certificate.provenOptimal, `${n} lines in ${d} dimensions`).toBe(true);
    expect(certificate.bounds[0].name).toBe('Welch');
  }
});

test('10 lines in 5 dimensions are found from random starts alone', async () => {
  const { certificate } = await lineCode({ n: 10, d: 5 }, { chains: 3, patience: 10 });
  expect(certificate.minAngleDeg).toBeCloseTo((Math.acos(1 / 3) * 180) / Math.PI, 9);
});

test('100 lines in 32 dimensions come within 0.0195 of Welch’s bound in one descent', async () => {
  const { cosine } = await lineCode({ n: 100, d: 32 }, { chains: 1 });
  expect(cosine).toBeLessThan(Math.sqrt(68 / (32 * 99)) + 0.0195);
});

test('as many lines as dimensions are orthogonal', async () => {
  const { cosine, certificate } = await lineCode({ n: 4, d: 4 });
  expect(cosine).toBeCloseTo(0, 15);
  expect(certificate).toMatchObject({ minAngleDeg: 90, provenOptimal: true });
});

test('one line gets a sentence', async () => {
  await expect(lineCode({ n: 1, d: 4 })).rejects.toThrow(OptionError);
});
