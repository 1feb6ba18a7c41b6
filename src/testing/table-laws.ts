import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { referenceEngine } from '../engine/reference.ts';
import type { Fields, Table, TableMethod } from '../families/tables/types.ts';
import {
  add,
  decodeModel,
  encodeModel,
  evaluate,
  gradientsOf,
  multiply,
  sum,
  type Tensor,
  Workspace,
} from '../learning/index.ts';
import type { AnyMethod } from '../method/method.ts';
import type { SmallProblem } from './small-problem.ts';

/** What every table keeps: registers the tests. */
export function describeTableLaws(method: AnyMethod, problem: SmallProblem): void {
  const tables = method as unknown as TableMethod;
  const { fields } = problem.input as Fields;
  const made = (more: object = {}) =>
    tables({ fields }, { ...problem.options, ...more } as never, problem.run as never);
  const rowsOf = async (table: Table) => {
    const all = [];
    for (const { name } of fields) all.push(await table.vectors(name));
    return all;
  };

  test('holds the bytes of its arrays, at most those asked for', async () => {
    const table = await made();
    const { budget = 1, dim } = problem.options as { budget?: number; dim: number };
    const ids = fields.reduce((total, { size }) => total + size, 0);
    expect(table.fullBytes).toBe(4 * dim * ids);
    expect(table.bytes).toBeLessThanOrEqual(Math.floor(budget * table.fullBytes));
    const stored = table.snapshot().reduce((total, { data }) => total + data.byteLength, 0);
    expect(table.bytes).toBe(stored);
  });

  test('gives an id the same vector alone, among others and twice', async () => {
    const table = await made();
    for (const { name, size } of fields) {
      const { data, rows, cols } = await table.vectors(name);
      expect(rows).toBe(size);
      const last = size - 1;
      const some = await table.vectors(name, [last, 0, last]);
      const row = (id: number) => data.slice(id * cols, (id + 1) * cols);
      expect(some.data).toEqual(Float32Array.of(...row(last), ...row(0), ...row(last)));
      expect((await table.vectors(name, [])).rows).toBe(0);
    }
  });

  test('begins with vectors of about the deviation asked for', async () => {
    const table = await made({ deviation: 0.1 });
    for (const { data } of await rowsOf(table)) {
      const mean = Array.from(data).reduce((total, x) => total + x * x, 0) / data.length;
      expect(Math.sqrt(mean)).toBeGreaterThan(0.03);
      expect(Math.sqrt(mean)).toBeLessThan(0.3);
    }
  });

  test('is the same after it was saved, and from its snapshot', async () => {
    const table = await made();
    const rows = await rowsOf(table);
    const saved = await tables.ready(await decodeModel(encodeModel(table.model)));
    expect(await rowsOf(saved)).toEqual(rows);
    const other = tables.built(table.model.settings);
    const snapshot = table.snapshot();
    other.take(snapshot);
    expect(other.snapshot()).toEqual(snapshot);
    expect(await rowsOf(other)).toEqual(await rowsOf(saved));
  });

  test('moves by the gradient of what is looked up (Taylor)', async () => {
    const { model } = await made();
    const table = tables.built(model.settings, new Float64Array(0));
    const start = await made();
    table.take(start.snapshot().map(asFloat64));
    const workspace = new Workspace(referenceEngine);
    const loss = (): Tensor => {
      const parts = fields.map(({ name, size }) => {
        const rows = table.lookup(name, [0, size - 1, 0]);
        return sum(multiply(rows, add(rows, rows)));
      });
      return parts.reduce((a, b) => add(a, b));
    };
    const { loss: before, gradients } = await gradientsOf(loss(), workspace);
    const random = Random.fromSeed(5);
    let slope = 0;
    const moves: (() => void)[] = [];
    const step = 1e-6;
    for (const [parameter, gradient] of gradients) {
      const { data } = gradient;
      const { data: x, shape } = parameter;
      const width = x.length / (shape[0] ?? 1);
      for (let e = 0; e < data.length; e++) {
        const at = gradient.rows ? gradient.rows[Math.floor(e / width)] * width + (e % width) : e;
        const toward = random.normal();
        slope += toward * data[e];
        moves.push(() => {
          x[at] += step * toward;
        });
      }
    }
    expect(moves.length).toBeGreaterThan(0);
    for (const move of moves) move();
    const [after] = await evaluate(loss(), workspace);
    expect(Math.abs((after - before) / step - slope)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
  });

  test('refuses ids and fields that are not there', async () => {
    const table = await made();
    const [{ name, size }] = fields;
    expect(() => table.lookup(name, [0, size])).toThrow(
      `id ${size} at place 1 of the field "${name}" is not in 0 … ${size - 1}.`,
    );
    expect(() => table.lookup('no such field', [0])).toThrow('there is no field "no such field"');
  });

  test('refuses a budget that nothing fits in', async () => {
    await expect(made({ budget: 0 })).rejects.toThrow('option "budget" must be enough for');
  });
}

function asFloat64<T extends { data: ArrayLike<number> }>(array: T) {
  const isFloats = array.data instanceof Float32Array;
  return isFloats ? { ...array, data: Float64Array.from(array.data) } : (array as never);
}
