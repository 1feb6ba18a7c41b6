import { expect, test } from 'vitest';
import { mixedDimension } from './mixed-dimension.ts';

const powerLaw = (size: number) =>
  Array.from({ length: size }, (_, i) => Math.ceil(9000 / (i + 1)));
const fields = [
  { name: 'user', size: 3000, counts: powerLaw(3000) },
  { name: 'item', size: 1000, counts: powerLaw(1000) },
];

interface Planned {
  readonly model: { readonly settings: unknown };
}
const blocksOf = ({ model: { settings } }: Planned) =>
  (settings as { plan: { blocks: { rows: number; width: number }[][] } }).plan.blocks;

test('rows get narrower with the frequency, and all of them fit', async () => {
  const table = await mixedDimension({ fields }, { budget: 0.25 });
  const blocks = blocksOf(table);
  blocks.forEach((own, f) => {
    expect(own.reduce((sum, { rows }) => sum + rows, 0)).toBe(fields[f].size);
    for (let b = 1; b < own.length; b++) expect(own[b].width).toBeLessThan(own[b - 1].width);
  });
  expect(table.facts['widest']).toBe(16);
  expect(table.facts['narrowest']).toBe(3);
  expect(table.bytes).toBeLessThanOrEqual(0.25 * table.fullBytes);
  // One more column of the longest block, of 2,608 rows, would be too much.
  expect(table.bytes + 4 * (2608 + 16)).toBeGreaterThan(0.25 * table.fullBytes);
});

test('an id is its row times the projection of its block', async () => {
  const table = await mixedDimension({ fields: [fields[1]] }, { dim: 4, budget: 0.4 });
  const { rows, width } = blocksOf(table)[0].at(-1) ?? { rows: 0, width: 0 };
  expect(width).toBeLessThan(4);
  const [e, w] = table.network.parameters.slice(-2);
  const { data } = await table.vectors('item', [999]);
  for (let c = 0; c < 4; c++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += e.data[(rows - 1) * width + k] * w.data[4 * k + c];
    expect(data[c]).toBeCloseTo(sum, 6);
  }
});

test('with α = 0 it is a narrower table with one projection', async () => {
  const table = await mixedDimension({ fields }, { alpha: 0, budget: 0.26 });
  expect(table.network.parameters.map(({ shape }) => shape)).toEqual([
    [3000, 4],
    [4, 16],
    [1000, 4],
    [4, 16],
  ]);
});

test('with one block a field the width goes by fields: the longer is the narrower', async () => {
  const table = await mixedDimension({ fields }, { blocks: 1, budget: 0.25, alpha: 1 });
  const [[user], [item]] = blocksOf(table);
  expect([user.rows, item.rows]).toEqual([3000, 1000]);
  expect(item.width).toBeGreaterThan(user.width);
});

test('widths may be powers of two alone', async () => {
  const table = await mixedDimension({ fields }, { budget: 0.25, round: 'power-of-two' });
  const widths = blocksOf(table).flatMap((own) => own.map(({ width }) => width));
  for (const width of widths) expect([1, 2, 4, 8, 16]).toContain(width);
});

test('the whole budget is a row of all columns for every id', async () => {
  const table = await mixedDimension({ fields }, { dim: 8 });
  expect(table.bytes).toBe(table.fullBytes);
  expect(table.facts).toEqual({ widest: 8, narrowest: 8, meanWidth: 8 });
});

test('ids that never came have one column', async () => {
  const counts = [500, 300, ...new Array(298).fill(0)];
  const table = await mixedDimension({ fields: [{ name: 'item', size: 300, counts }] }, { dim: 4 });
  expect(blocksOf(table)[0]).toEqual([
    { rows: 2, width: 4 },
    { rows: 298, width: 1 },
  ]);
});

test('less than one column and its projections is refused', async () => {
  await expect(mixedDimension({ fields }, { dim: 4, budget: 0.2 })).rejects.toThrow(
    'mixed-dimension: option "budget" must be enough for 16032 bytes, the smallest table of this kind for these fields; got "12800 bytes".',
  );
});

test('counts are needed, from the most frequent on', async () => {
  await expect(mixedDimension({ fields: [{ name: 'item', size: 300 }] }, {})).rejects.toThrow(
    'mixed-dimension: counts of the field "item" are needed: frequent ids get more than rare ones.',
  );
  const counts = powerLaw(300).reverse();
  await expect(
    mixedDimension({ fields: [{ name: 'item', size: 300, counts }] }, {}),
  ).rejects.toThrow('must go from the most frequent on; id 1 comes more often than id 0');
});

test('1,000 ids of a power law in a quarter of the bytes: from 15 columns to 2', async () => {
  const counts = Array.from({ length: 1000 }, (_, i) => Math.ceil(500 / (i + 1)));
  const { facts } = await mixedDimension(
    { fields: [{ name: 'item', size: 1000, counts }] },
    { budget: 0.25 },
  );
  expect([facts['widest'], facts['narrowest']]).toEqual([15, 2]);
});
