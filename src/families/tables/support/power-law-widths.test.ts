import { expect, test } from 'vitest';
import { blockBytes, blocksOf, scalesOf, sharesOf, widthOf } from './power-law-widths.ts';

const rule = { alpha: 0.5, dim: 16, powersOfTwo: false };

/** Tables of n rows that are asked once an example, as `md_solver` of DLRM takes them. */
const widthsBy = (rows: readonly number[], scale: number, own = rule) =>
  rows.map((n) => widthOf(1 / n, scale, own));

test('widths as md_solver has them for a base width of 16: λ = 16·200^α, 16·(n/200)^−α', () => {
  const rows = [200, 3200, 51200];
  expect(widthsBy(rows, 16 * Math.sqrt(200))).toEqual([16, 4, 1]);
  const quarter = { ...rule, alpha: 0.25 };
  expect(widthsBy(rows, 16 * 200 ** 0.25, quarter)).toEqual([16, 8, 4]);
});

test('widths as md_solver has them for 320 numbers: λ = 320/(√16 + √256) = 16', () => {
  expect(widthsBy([16, 256], 16)).toEqual([4, 1]);
});

// k = 4 and 1 queries an example: (n/k)^−½ = 1/2 and 1/16; λ = 16·4^½ = 32.
test('what is asked four times an example is wider', () => {
  expect([widthOf(4 / 16, 32, rule), widthOf(1 / 256, 32, rule)]).toEqual([16, 2]);
});

test('powers of two by the nearest logarithm, as md_solver rounds them', () => {
  const powers = { ...rule, alpha: 0, powersOfTwo: true, dim: 64 };
  const rounded = [1, 2, 3, 5, 6, 11, 12, 22, 23, 64].map((width) => widthOf(1, width, powers));
  // log₂ 3 = 1.58, 5: 2.32, 6: 2.58, 11: 3.46, 12: 3.58, 22: 4.46, 23: 4.52.
  expect(rounded).toEqual([1, 2, 4, 4, 8, 8, 16, 16, 32, 64]);
});

test('no width is below 1 or above dim', () => {
  expect(widthsBy([1, 10 ** 6], 100)).toEqual([16, 1]);
  expect(widthOf(0, 100, rule)).toBe(1);
});

test('shares have the same part of the count each', () => {
  expect(sharesOf([4, 2, 2, 1, 1, 1, 1], 3)).toEqual([
    { ids: 1, frequency: 4 },
    { ids: 2, frequency: 2 },
    { ids: 4, frequency: 1 },
  ]);
});

test('an id with more than its part of the count is a share alone, and takes the place of two', () => {
  expect(sharesOf([8, 2, 2, 1, 1, 1, 1], 4)).toEqual([
    { ids: 1, frequency: 8 },
    { ids: 2, frequency: 2 },
    { ids: 4, frequency: 1 },
  ]);
});

test('one share has all ids that came, another those that never came', () => {
  expect(sharesOf([3, 2, 1], 1)).toEqual([{ ids: 3, frequency: 2 }]);
  expect(sharesOf([3, 1, 0, 0], 1)).toEqual([
    { ids: 2, frequency: 2 },
    { ids: 2, frequency: 0 },
  ]);
  expect(sharesOf([0, 0], 4)).toEqual([{ ids: 2, frequency: 0 }]);
});

test('neighbours of one width are one block, with one projection', () => {
  const shares = [sharesOf([4, 2, 2, 1, 1, 1, 1], 3)];
  expect(blocksOf(shares, 1, { ...rule, alpha: 0 })).toEqual([[{ rows: 7, width: 1 }]]);
  // √4, √2 and √1, rounded.
  const blocks = blocksOf(shares, 1, rule);
  expect(blocks).toEqual([
    [
      { rows: 1, width: 2 },
      { rows: 6, width: 1 },
    ],
  ]);
  expect(blockBytes(blocks, 16)).toBe(4 * (2 + 6) + 4 * 16 * (2 + 1));
  expect(blockBytes([[{ rows: 7, width: 16 }]], 16)).toBe(4 * 7 * 16);
});

test('every list of widths belongs to one of the scales', () => {
  const shares = [sharesOf([40, 20, 20, 10, 10, 10, 10], 3)];
  const small = { ...rule, dim: 4 };
  const widths = scalesOf(shares, small).map((scale) =>
    shares[0].map(({ frequency }) => widthOf(frequency, scale, small)).join(' '),
  );
  // The next width comes at 1.5, 2.5 and 3.5 over √40, √20 and √10: .237 .395 .553, .335 .559 .783, .474 .791 1.107.
  expect(widths).toEqual([
    '4 4 4',
    '4 4 3',
    '4 4 2',
    '4 3 2',
    '4 2 2',
    '3 2 2',
    '3 2 1',
    '2 2 1',
    '2 1 1',
    '1 1 1',
  ]);
});
