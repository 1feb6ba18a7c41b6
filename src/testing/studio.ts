import { Session } from '../apps/studio/session/session.ts';
import { studioTable } from '../apps/studio/session/table.ts';
import { matrix } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { chooseEngine } from '../engine/choose.ts';
import type { Engine } from '../engine/engine.ts';
import type { Column, VectorTable } from '../io/index.ts';

let engine: Promise<Engine> | undefined;

/** An engine for the sessions of a test file, of one thread. */
export function studioEngine(): Promise<Engine> {
  engine ??= chooseEngine('wasm', { threads: 1 });
  return engine;
}

/** A session of these tables: `a`, `b`, … */
export async function sessionOf(...tables: readonly VectorTable[]): Promise<Session> {
  const opened = tables.map((table, i) => {
    const id = 'abc'[i];
    return studioTable(id, `${id}.npy`, table);
  });
  return new Session(await studioEngine(), await Promise.all(opened));
}

/**
 * n rows in three groups of 6 columns, `red`, `green` and `blue` by turns, with labels `red 0`, `green 1`, … and the columns
 * `group` and `size`, the row's number.
 */
export function threeGroups(n = 60, seed = 1): VectorTable {
  const random = Random.fromSeed(seed);
  const data = Float32Array.from({ length: n * 6 }, (_, e) => {
    const [row, column] = [Math.floor(e / 6), e % 6];
    return (column === row % 3 ? 3 : 0) + 0.4 * random.normal();
  });
  const names = ['red', 'green', 'blue'];
  const columns: Record<string, Column> = {
    group: Array.from({ length: n }, (_, i) => names[i % 3]),
    size: Float64Array.from({ length: n }, (_, i) => i),
  };
  return {
    points: matrix(data, n, 6),
    labels: Array.from({ length: n }, (_, i) => `${names[i % 3]} ${i}`),
    columns,
  };
}

/** Numbers of a table with nothing beside them. */
export function plainTable(rows: readonly (readonly number[])[]): VectorTable {
  return { points: matrix(Float32Array.from(rows.flat()), rows.length, rows[0]?.length ?? 0) };
}
