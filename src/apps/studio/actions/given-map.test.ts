import { describe, expect, test } from 'vitest';
import { plainTable, sessionOf, threeGroups } from '../../../testing/studio.ts';

const pointsOf = (answer: {
  arrays?: Readonly<Record<string, { data: ArrayLike<number> }>> | undefined;
}) => Array.from(answer.arrays?.['points'].data ?? []);

describe('given-map', () => {
  test('coordinates in fields are taken as they are', async () => {
    const table = {
      ...plainTable([
        [1, 0, 0],
        [0, 1, 0],
      ]),
      columns: { x: Float64Array.of(3, -1), y: Float64Array.of(0.5, 2) },
    };
    const answer = await (await sessionOf(table)).do('given-map', {
      from: 'fields',
      fields: ['x', 'y'],
    });
    expect(pointsOf(answer)).toEqual([3, 0.5, -1, 2]);
    expect(answer.facts['map']).toMatchObject({
      id: 'fields',
      dims: 2,
      title: 'x, y',
      places: false,
    });
  });

  test('points of two columns are themselves, on a plane or in the disk', async () => {
    const session = await sessionOf(
      plainTable([
        [0.5, 0],
        [0, -0.25],
      ]),
    );
    const answer = await session.do('given-map', { from: 'points', geometry: 'disk' });
    expect(pointsOf(answer)).toEqual([0.5, 0, 0, -0.25]);
    expect(answer.facts['map']).toMatchObject({ geometry: 'disk' });
  });

  test('three columns of the space are the directions of the rows there', async () => {
    const session = await sessionOf(
      plainTable([
        [3, 9, 4, 0],
        [0, 0, 0, 2],
      ]),
    );
    const answer = await session.do('given-map', { from: 'columns', columns: [0, 2, 3] });
    expect(pointsOf(answer).map((x) => Number(x.toFixed(6)))).toEqual([0.6, 0.8, 0, 0, 0, 1]);
    const { arrays } = await session.do('field', { field: 'columns-length' });
    const [first, second] = arrays?.['values'].data ?? [];
    // 5 of the length √106 lie in these columns.
    expect(first).toBeCloseTo(5 / Math.sqrt(106), 6);
    expect(second).toBe(1);
  });

  test('the first of three rows is the first axis, the second lies in the plane of both', async () => {
    const session = await sessionOf(threeGroups());
    const answer = await session.do('given-map', { from: 'rows', rows: [4, 9, 20] });
    const points = pointsOf(answer);
    expect(points.slice(12, 15).map((x) => Math.abs(Number(x.toFixed(6))))).toEqual([1, 0, 0]);
    expect(points[29]).toBeCloseTo(0, 6);
  });

  test('three principal axes keep all of three columns', async () => {
    const session = await sessionOf(
      plainTable([
        [1, 2, 2],
        [2, 1, -2],
        [2, -2, 1],
        [1, 1, 1],
      ]),
    );
    const { facts } = await session.do('given-map', {});
    // Unit rows of float32.
    expect(facts['kept']).toBeCloseTo(1, 6);
    expect(facts['directions']).toEqual([
      'principal axis 1',
      'principal axis 2',
      'principal axis 3',
    ]);
  });

  test.each([
    [{ from: 'points' }, 'given-map: expected points of 2 or 3 columns; got 6.'],
    [{ from: 'fields', fields: ['size'] }, /2 or 3 fields/],
    [{ from: 'fields', fields: ['size', 'group'] }, /of the kind category; expected numbers/],
    [{ from: 'columns', columns: [0, 1] }, /3 different numbers/],
    [
      { from: 'columns', columns: [0, 1, 6] },
      'given-map: there is no column 6; the 6 columns count from 0.',
    ],
    [{ from: 'rows', rows: [0, 1, 60] }, /there is no row 60/],
    [
      { from: 'axes', axes: ['price', 'size'] },
      'given-map: there is no axis "price"; there are: none.',
    ],
  ])('%j is refused in a sentence', async (parameters, sentence) => {
    const session = await sessionOf(threeGroups());
    await expect(session.do('given-map', parameters)).rejects.toThrow(sentence);
  });

  test('a disk has radius 1', async () => {
    const session = await sessionOf(
      plainTable([
        [0.5, 0],
        [1, 0],
      ]),
    );
    await expect(session.do('given-map', { from: 'points', geometry: 'disk' })).rejects.toThrow(
      'given-map: row 1 lies 1 from the middle; the Poincaré disk has radius 1.',
    );
  });
});
