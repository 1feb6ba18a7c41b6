import { describe, expect, test } from 'vitest';
import { gathered } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { spanningTreeOf } from '../../../structures/trees/spanning-tree.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, rotation, turned, uniformRows } from '../../../testing/points.ts';
import { localTopology } from './local-topology.ts';

const circle = (n: number) =>
  fromRows(
    Array.from({ length: n }, (_, i) => {
      const angle = (2 * Math.PI * i) / n;
      return [Math.cos(angle), Math.sin(angle)];
    }),
  );

async function descriptors(...given: Parameters<typeof localTopology>) {
  const { perRow = {} } = await localTopology(...given);
  return perRow;
}

function expectNear(got: Readonly<Record<string, Float64Array>>, wanted: typeof got): void {
  expect(Object.keys(got)).toEqual(Object.keys(wanted));
  for (const [name, column] of Object.entries(wanted)) {
    column.forEach((x, i) => {
      expect(Math.abs(got[name][i] - x), `${name} of row ${i}`).toBeLessThan(1e-9);
    });
  }
}

describe('local-topology', () => {
  test('the persistence in degree 0 is the length of the spanning tree of the neighbourhood', async () => {
    const points = uniformRows(40, 5, 3);
    const { 'persistence-0': joined, codensity } = await descriptors(points, { k: 12 });
    for (const i of [0, 17, 39]) {
      const chord = (j: number) =>
        Math.hypot(
          ...Array.from({ length: 5 }, (_, c) => points.data[i * 5 + c] - points.data[j * 5 + c]),
        );
      const near = [...Array(40).keys()].sort((a, b) => chord(a) - chord(b)).slice(0, 13);
      const { lengths } = await spanningTreeOf(gathered(points, near));
      expect(joined[i]).toBeCloseTo(
        lengths.reduce((a, b) => a + b, 0),
        12,
      );
      expect(codensity[i]).toBeCloseTo(chord(near[12]), 12);
    }
  });

  test('a square about a row has no loop, for the row is nearer than its diagonal', async () => {
    const square = [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ].map(([a, b]) => [0.1 * a, 0.1 * b, 1]);
    const datastore = fromRows([...square, ...square.map(([a, b]) => [a, b, -1])]);
    const points = fromRows([
      [0, 0, 1],
      [0.001, 0, 1],
    ]);
    const { 'persistence-1': loops, 'persistence-0': joined } = await descriptors(
      points,
      { k: 4 },
      { datastore },
    );
    expect(loops[0]).toBe(0);
    expect(joined[0]).toBeCloseTo(4 * 2 * Math.sin(Math.atan(0.1) / 2), 9);
  });

  test('rotated rows and a datastore with copies have the same descriptors', async () => {
    const points = uniformRows(30, 4, 1);
    const datastore = uniformRows(50, 4, 2);
    const before = await descriptors(points, { k: 10 }, { datastore });
    const q = rotation(4, 7);
    const around = { datastore: turned(datastore, q) };
    expectNear(await descriptors(turned(points, q), { k: 10 }, around), before);
    const copies = { datastore: gathered(datastore, [...Array(50).keys(), ...Array(50).keys()]) };
    expectNear(await descriptors(points, { k: 10 }, copies), before);
  });

  test('the rows themselves are the datastore, where none is given', async () => {
    const points = uniformRows(40, 3, 5);
    const own = await descriptors(points, { k: 8 });
    expectNear(await descriptors(points, { k: 8 }, { datastore: points }), own);
  });

  test('images of a scaled neighbourhood are the same; the radius is in the codensity', async () => {
    const around = (scale: number) =>
      fromRows(
        Array.from({ length: 40 }, (_, i) => {
          const random = Random.fromSeed(9).fork(i);
          return [1, ...Array.from({ length: 3 }, () => scale * random.normal())];
        }),
      );
    const [small, smaller] = await Promise.all(
      [1e-3, 1e-4].map((scale) => descriptors(around(scale), { k: 10 })),
    );
    for (const [name, column] of Object.entries(small)) {
      const factor = name.startsWith('image') ? 1 : 10;
      expect(column[3]).toBeCloseTo(factor * smaller[name][3], 4);
    }
    expect(Object.keys(small)).toHaveLength(3 + 4 + 16);
  });

  test('arcs of a circle are joined by their sides and have no loop', async () => {
    const { 'persistence-1': loops } = await descriptors(circle(24), { k: 8 });
    expect(Math.max(...loops)).toBe(0);
    const value = await measuredValue(localTopology, circle(24));
    expect(value).toBeCloseTo(11 * 2 * Math.sin(Math.PI / 24), 9);
  });

  test('uniform rows are within the interval of the null', async () => {
    const { value, null: expected } = await localTopology(uniformRows(300, 8, 4), { k: 20 });
    expect(value).toBeGreaterThan(expected?.low ?? Infinity);
    expect(value).toBeLessThan(expected?.high ?? -Infinity);
  });

  test('beside a datastore, the null is that of as many uniform points', async () => {
    const [points, datastore] = [uniformRows(200, 6, 1), uniformRows(400, 6, 2)];
    const { value, null: expected } = await localTopology(points, { k: 16 }, { datastore });
    expect(Math.abs(value / (expected?.value ?? NaN) - 1)).toBeLessThan(0.05);
  });

  test('a datastore of other columns is refused; one too small is said', async () => {
    const points = uniformRows(10, 3, 1);
    await expect(localTopology(points, {}, { datastore: uniformRows(9, 4, 1) })).rejects.toThrow(
      'a datastore of 3 columns',
    );
    const { value, warnings } = await localTopology(
      points,
      {},
      { datastore: uniformRows(3, 3, 1) },
    );
    expect(value).toBeNaN();
    expect(warnings).toHaveLength(1);
  });
});

describeMetricLaws(localTopology, { oneDimension: false });
