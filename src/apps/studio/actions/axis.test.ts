import { describe, expect, test } from 'vitest';
import { decodeDirections } from '../../../structures/directions/index.ts';
import { sessionOf, threeGroups } from '../../../testing/studio.ts';
import { sortByAxis } from '../../explain/sort.ts';

const TABLE = {
  ...threeGroups(90),
  columns: {
    ...threeGroups(90).columns,
    first: Float64Array.from({ length: 90 }, (_, i) => threeGroups(90).points.data[6 * i]),
  },
};

describe('axis', () => {
  test('scores that are a column are found again, with a band for each row', async () => {
    const session = await sessionOf(TABLE);
    const { facts, arrays } = await session.do('axis', { scores: 'first' });
    expect(facts).toMatchObject({ axis: { name: 'first', table: 'a', method: 'ridge' } });
    expect((facts['spearman'] as { low: number }).low).toBeGreaterThan(0.9);
    const { directions } = session.state.axes.get('first') ?? {};
    if (!directions) throw new Error('no directions');
    const band = arrays?.['first-axis-band'].data;
    const sorted = sortByAxis(directions, TABLE.points);
    const { row, low, high } = sorted[0];
    // Products of the draws' differences are float32, of 6 numbers.
    const half = ((high ?? 0) - (low ?? 0)) / 2;
    expect(Math.abs((band?.[row] ?? 0) / half - 1)).toBeLessThan(1e-5);
  });

  test('rows without a score are left out of the fit, and lie on the axis all the same', async () => {
    const first = TABLE.columns.first.map((score, i) => (i % 4 === 0 ? Number.NaN : score));
    const session = await sessionOf({ ...TABLE, columns: { first } });
    const { facts, arrays } = await session.do('axis', { scores: 'first' });
    expect(facts['warnings']).toContain('23 rows have no first: they were left out.');
    const along = arrays?.['first-axis'].data ?? [];
    expect([...along].every(Number.isFinite)).toBe(true);
    const [{ top }] = facts['directions'] as {
      top: { row: number; label: string; projection: number }[];
    }[];
    for (const { row, label, projection } of top) {
      expect(label).toBe(TABLE.labels?.[row]);
      expect(projection).toBeCloseTo(along[row], 12);
    }
    const none = TABLE.columns.first.map(() => Number.NaN);
    const empty = await sessionOf({ ...TABLE, columns: { none } });
    await expect(empty.do('axis', { scores: 'none' })).rejects.toThrow('the score of row 0 is NaN');
  });

  test('the field of the file that an axis is named after stays as it was', async () => {
    const session = await sessionOf(TABLE);
    await session.do('axis', { scores: 'first' });
    const { arrays } = await session.do('field', { field: 'first' });
    expect(arrays?.['values'].data).toEqual(TABLE.columns.first);
  });

  test('classes, extremes and formulas', async () => {
    const session = await sessionOf(TABLE);
    const classes = await session.do('axis', { classes: 'group' });
    expect((classes.facts['axis'] as { directions: string[] }).directions).toHaveLength(3);
    const extremes = await session.do('axis', { low: [0], high: [1] });
    const [{ top }] = extremes.facts['directions'] as { top: { label: string }[] }[];
    expect(top.every(({ label }) => label.startsWith('green'))).toBe(true);
    await session.do('axis', { formulas: ['"red 0" - "green 1"'], name: 'warm' });
    expect(session.info.axes.map(({ name, method }) => [name, method])).toEqual([
      ['group', 'class-means'],
      ['extremes', 'extremes'],
      ['warm', 'formula'],
    ]);
  });

  test('two axes are a map, three a sphere', async () => {
    const session = await sessionOf(TABLE);
    await session.do('axis', { scores: 'first' });
    await session.do('axis', { classes: 'group' });
    const [second] = session.state.axes.get('group')?.directions.names ?? [];
    const { facts, arrays } = await session.do('given-map', {
      from: 'axes',
      axes: ['first', `group:${second}`],
    });
    expect(facts['map']).toMatchObject({
      dims: 2,
      geometry: 'plane',
      title: `first, group:${second}`,
    });
    const along = session.state.tables.get('a')?.fields.get('first-axis')?.values ?? [];
    expect(arrays?.['points'].data[0]).toBeCloseTo(along[0] as number, 5);
  });

  test.each([
    [{}, /given alone, or one of classes/],
    [{ scores: 'first', classes: 'group' }, /scores and classes/],
    [{ low: [1] }, /rows of the other end/],
    [{ classes: 'group', method: 'ridge' }, /fitted to classes/],
    [{ scores: 'group' }, /expected numbers/],
    [{ classes: 'colour' }, /there is no field/],
  ])('%j is refused in a sentence', async (parameters, sentence) => {
    await expect((await sessionOf(TABLE)).do('axis', parameters)).rejects.toThrow(sentence);
  });
});

describe('export', () => {
  test('an axis is the file that explain axis writes', async () => {
    const session = await sessionOf(TABLE);
    await session.do('axis', { scores: 'first', name: 'price of tea' });
    const { facts, arrays } = await session.do('export', { what: 'axis', axis: 'price of tea' });
    expect(facts).toMatchObject({ fileName: 'price-of-tea.safetensors' });
    const read = await decodeDirections(arrays?.['bytes'].data as Uint8Array);
    expect(read.basis.data).toEqual(session.state.axes.get('price of tea')?.directions.basis.data);
  });
});
