import { describe, expect, test } from 'vitest';
import { sessionOf, threeGroups } from '../../../testing/studio.ts';

describe('compress', () => {
  test('shows what the codes stand for beside the table', async () => {
    const session = await sessionOf(threeGroups(200));
    const { facts, arrays } = await session.do('compress', { codec: 'int8' });
    expect(facts).toMatchObject({ table: 'a-int8', of: 'a', codec: 'int8' });
    const { value, low, high } = facts['recallAt10'] as Record<string, number>;
    expect(low).toBeLessThanOrEqual(value);
    expect(value).toBeLessThanOrEqual(high);
    expect(value).toBeGreaterThan(0.9);
    const twin = session.state.tables.get('a-int8');
    expect(twin?.table.labels?.[3]).toBe('red 3');
    expect([...(twin?.fields.keys() ?? [])]).toEqual(['group', 'size', 'moved', 'neighbors-kept']);
    const angles = arrays?.['moved'].data as Float64Array;
    const moved = Math.max(...angles);
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(3);
    await session.do('compress', { codec: 'int8' });
    expect(session.state.tables.has('a-int8-2')).toBe(true);
  });

  test('float32 codes are the rows themselves', async () => {
    const session = await sessionOf(threeGroups(60));
    const { facts, arrays } = await session.do('compress', {
      codec: 'float',
      options: { type: 'f4' },
    });
    expect(facts).toMatchObject({ bytesPerVector: 24, times: 1, recallAt10: { value: 1 } });
    expect(arrays?.['moved'].data).toEqual(new Float64Array(60));
  });

  test('in its place it is a step that is undone', async () => {
    const session = await sessionOf(threeGroups(60));
    const before = session.state.tables.get('a')?.table.points;
    const { facts } = await session.do('compress', { codec: 'bits', replace: true });
    expect(facts).toMatchObject({ table: 'a', rows: 60, measured: { rows: 60 } });
    expect(session.state.tables.get('a')?.table.points).not.toEqual(before);
    session.undo();
    expect(session.state.tables.get('a')?.table.points).toBe(before);
  });

  test('an unknown codec and option are refused in a sentence', async () => {
    const session = await sessionOf(threeGroups(20));
    await expect(session.do('compress', { codec: 'zip' })).rejects.toThrow('"zip"');
    await expect(session.do('compress', { options: { level: 3 } })).rejects.toThrow('level');
  });
});

describe('compress-plan', () => {
  test('the front rises in bytes and in recall', async () => {
    const session = await sessionOf(threeGroups(300));
    const { facts } = await session.do('compress-plan', { recall: 0.5 });
    const all = facts['front'] as {
      bytesPerVector: number;
      rescore: number;
      recallAt10: { value: number };
    }[];
    const front = all.filter(({ rescore }) => rescore === 1);
    expect(front.length).toBeGreaterThan(1);
    for (let i = 1; i < front.length; i++) {
      expect(front[i].bytesPerVector).toBeGreaterThan(front[i - 1].bytesPerVector);
      expect(front[i].recallAt10.value).toBeGreaterThan(front[i - 1].recallAt10.value);
    }
    expect(session.info.canUndo).toBe(false);
  });
});
