import { describe, expect, test } from 'vitest';
import { rowNorms } from '../../../core/rows.ts';
import { plainTable, sessionOf, threeGroups } from '../../../testing/studio.ts';
import type { Session } from '../session/session.ts';

const pointsOf = (session: Session, id = 'a') => {
  const points = session.state.tables.get(id)?.table.points;
  if (!points) throw new Error(`no table ${id}`);
  return points;
};
interface Measured {
  readonly rows: number;
  readonly ofRows: number;
  readonly numbers: readonly {
    readonly id: string;
    readonly before: { readonly value: number; readonly low: number; readonly high: number };
    readonly after: { readonly value: number };
  }[];
}
const numberOf = (measured: unknown, id: string) =>
  (measured as Measured).numbers.find((row) => row.id === id);

describe('acts on the vectors of a table', () => {
  test('normalize: lengths are 1, no row turns, no neighbour changes', async () => {
    const session = await sessionOf(threeGroups());
    const before = pointsOf(session);
    const { facts, arrays } = await session.do('normalize');
    for (const norm of rowNorms(pointsOf(session))) expect(norm).toBeCloseTo(1, 6);
    expect((facts['moved'] as { largestDeg: number }).largestDeg).toBeLessThan(1e-4);
    expect(facts['neighborsKept']).toMatchObject({ value: 1 });
    expect(arrays?.['neighbors-kept'].data).toEqual(new Float64Array(60).fill(1));
    expect(session.state.tables.get('a')?.before).toBe(before);
    session.undo();
    expect(pointsOf(session)).toBe(before);
  });

  test('center: the mean is 0, and the mean cosine falls with its interval', async () => {
    const session = await sessionOf(threeGroups());
    const { facts } = await session.do('center');
    const { data, cols } = pointsOf(session);
    for (let c = 0; c < cols; c++) {
      let sum = 0;
      for (let e = c; e < data.length; e += cols) sum += data[e];
      expect(sum).toBeCloseTo(0, 4);
    }
    const mean = numberOf(facts['measured'], 'mean-cosine');
    expect(mean?.after.value).toBeLessThan(mean?.before.low ?? Number.NaN);
    expect(mean?.before.low).toBeLessThanOrEqual(mean?.before.value ?? Number.NaN);
  });

  test('whiten: all components have one variance; without the top ones there are fewer', async () => {
    const session = await sessionOf(threeGroups());
    const { facts } = await session.do('whiten');
    const { data, rows, cols } = pointsOf(session);
    expect([rows, cols, facts['moved']]).toEqual([60, 6, null]);
    for (let p = 0; p < cols; p++)
      for (let q = 0; q <= p; q++) {
        let sum = 0;
        for (let i = 0; i < rows; i++) sum += (data[i * cols + p] * data[i * cols + q]) / rows;
        expect(sum).toBeCloseTo(p === q ? 1 : 0, 4);
      }
    session.undo();
    await session.do('whiten', { removeTop: 2, scale: false });
    expect(pointsOf(session).cols).toBe(4);
    await expect(session.do('whiten', { removeTop: 9 })).rejects.toThrow(/^pca: .*components/);
  });

  test('reduce: the columns are those of the reduction, and measured fields are gone', async () => {
    const session = await sessionOf(threeGroups());
    await session.do('normalize');
    const { facts } = await session.do('reduce', { options: { dim: 3 } });
    expect(facts).toMatchObject({ rows: 60, columns: 3, method: 'pca', moved: null });
    const fields = [...(session.state.tables.get('a')?.fields.keys() ?? [])];
    expect(fields).toEqual(['group', 'size', 'neighbors-kept']);
  });

  test('the same step on the same state has the same digest', async () => {
    const digests = async () => {
      const session = await sessionOf(threeGroups());
      for (const act of ['normalize', 'center', 'whiten', 'reduce']) await session.do(act);
      return session.recipe().steps.map(({ digest }) => digest);
    };
    const first = await digests();
    expect(first.every((digest) => digest?.length === 64)).toBe(true);
    expect(await digests()).toEqual(first);
  });

  test('one row, rows of zeros and rows that are no numbers', async () => {
    const one = await sessionOf(plainTable([[3, 4]]));
    const { facts } = await one.do('normalize');
    expect(facts['neighborsKept']).toBeNull();
    const zeros = await sessionOf(
      plainTable([
        [0, 0],
        [0, 2],
        [5, 0],
      ]),
    );
    const { arrays } = await zeros.do('normalize');
    expect(arrays?.['moved'].data).toEqual(Float64Array.of(Number.NaN, 0, 0));
    const broken = await sessionOf(plainTable([[1, Number.NaN]]));
    await expect(broken.do('center')).rejects.toThrow(
      'center: row 0, column 1 is NaN; expected finite numbers.',
    );
  });

  test('unjudged, nothing is measured', async () => {
    const session = await sessionOf(threeGroups());
    const { facts, arrays } = await session.do('center', { judge: false });
    expect(facts['measured']).toBeUndefined();
    expect(Object.keys(arrays ?? {})).toEqual(['moved']);
  });
});
