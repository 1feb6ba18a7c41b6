import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { plainTable, sessionOf, threeGroups } from '../../../testing/studio.ts';

/** The rows of three groups with the columns in another order, the rows in another order. */
function turned(n: number) {
  const { points, labels = [] } = threeGroups(n);
  const data = Float32Array.from({ length: n * 6 }, (_, e) => {
    const [row, column] = [n - 1 - Math.floor(e / 6), e % 6];
    return points.data[row * 6 + ((column + 2) % 6)];
  });
  return { points: matrix(data, n, 6), labels: labels.toReversed() };
}

test('a table that was turned comes back to the other by its labels', async () => {
  const session = await sessionOf(threeGroups(60), turned(60));
  const { facts } = await session.do('align');
  expect(facts).toMatchObject({ table: 'b', to: 'a', pairs: 60, method: 'procrustes' });
  expect((facts['heldOut'] as { recallAt1: { value: number } }).recallAt1.value).toBe(1);
  const { a, b } = Object.fromEntries(session.state.tables);
  for (let row = 0; row < 60; row++)
    for (let c = 0; c < 6; c++)
      expect(b.table.points.data[(59 - row) * 6 + c]).toBeCloseTo(
        a.table.points.data[row * 6 + c],
        4,
      );
});

test('tables that do not belong together are refused in a sentence', async () => {
  const session = await sessionOf(threeGroups(30), plainTable([[1, 2, 3]]));
  await expect(session.do('align')).rejects.toThrow(/\.$/);
  await expect(session.do('align', { to: 'c' })).rejects.toThrow(
    'align: there is no table "c"; there are: a, b.',
  );
});
