import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { readNeighbors, writeNeighbors } from './neighbors.ts';

test('neighbour lists come back as they were, of all rows and of some', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tammes-'));
  try {
    const graph = {
      indices: new Int32Array([1, 2, 0, -1]),
      distances: new Float64Array([0.1, 0.25, 1 / 3, Infinity]),
      n: 2,
      k: 2,
    };
    for (const written of [graph, { ...graph, rows: new Int32Array([0, 7]) }]) {
      const path = join(folder, 'lists.npz');
      await writeNeighbors(written, path);
      expect(await readNeighbors(path)).toEqual(written);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a file that is no archive is refused', async () => {
  await expect(readNeighbors(new Uint8Array(100))).rejects.toThrow(InputError);
});
