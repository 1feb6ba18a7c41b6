import { expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/index.ts';
import { Session } from '../session/session.ts';
import type { StudioField, StudioTable } from '../session/state.ts';

const price: StudioField = {
  info: { id: 'price', title: 'price', kind: 'number', from: 'file', missing: 0 },
  values: Float64Array.of(1.5, Number.NaN),
};
const color: StudioField = {
  info: { id: 'color', title: 'color', kind: 'category', from: 'file', missing: 0 },
  values: ['red', 'blue'],
};
const table: StudioTable = {
  id: 'a',
  name: 'things.csv',
  sha256: '0'.repeat(64),
  table: {
    points: { rows: 2, cols: 2, data: Float32Array.of(1, 0, 0, 1) } as never,
    labels: ['cup', 'pot'],
  },
  fields: new Map([
    ['price', price],
    ['color', color],
  ]),
};
const session = new Session(referenceEngine, [table]);

test('label and values in the order asked for; a missing number is null', async () => {
  const { facts } = await session.do('rows', { rows: [1, 0] });
  expect(facts).toEqual({
    rows: [
      { row: 1, label: 'pot', values: { price: null, color: 'blue' } },
      { row: 0, label: 'cup', values: { price: 1.5, color: 'red' } },
    ],
  });
  const some = await session.do('rows', { rows: [0], fields: ['color'] });
  expect(some.facts).toEqual({ rows: [{ row: 0, label: 'cup', values: { color: 'red' } }] });
});

test('rows and fields that are not there, and too many, are refused in a sentence', async () => {
  await expect(session.do('rows', { rows: [2] })).rejects.toThrow(
    'the table a has the rows 0 to 1; there is no row 2.',
  );
  await expect(session.do('rows', { fields: ['size'] })).rejects.toThrow(
    'the table a has no field "size"; it has price, color.',
  );
  await expect(session.do('rows', { rows: new Array(1001).fill(0) })).rejects.toThrow(
    'at most 1000 rows at a time',
  );
});
