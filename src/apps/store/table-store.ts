import { InputError } from '../../core/errors.ts';
import { gathered, type Matrix, rows, zeros } from '../../core/matrix.ts';
import { once } from '../../core/once.ts';
import { rowNorms } from '../../core/rows.ts';
import { packedInMemory } from '../../io/packed.ts';
import type { VectorTable } from '../../io/table.ts';
import { MethodRun } from '../../method/method.ts';
import { gramArrays } from './gram-index.ts';
import { allLabels, labelArrays } from './label-index.ts';
import { labelsOf, requireRow } from './lookup.ts';
import type { WordStore } from './types.ts';
import { unit } from './vectors.ts';
import { wordStore } from './word-store.ts';

/** Vectors in memory that answer what a store answers. */
export function tableStore(
  { points, labels }: Pick<VectorTable, 'points' | 'labels'>,
  name = 'table',
): WordStore {
  const norms = once(async () => rowNorms(points));
  const grams = once(async () => labels && packedInMemory({}, gramArrays(labels), name));
  const own = { name, rows: points.rows };
  return wordStore({
    ...own,
    cols: points.cols,
    labelArrays: labels && packedInMemory({}, labelArrays(labels), name),
    gramArrays: grams,
    vectorsAt: async (places) =>
      gathered(
        points,
        Array.from(places, (row) => requireRow(own, row)),
      ),
    norms: async (from, to) => (await norms()).subarray(from, to),
    async products(queries, from, to, run = {}) {
      const engine = await new MethodRun(run).engineFor(points);
      const { data, rows: q, cols } = await engine.matmul(queries, rows(points, from, to), true);
      return { data: data as Float32Array, rows: q, cols };
    },
  });
}

/** Several stores as one. */
export interface JoinedStore extends WordStore {
  /** How many labels of each store are not in all of them, and so left out. */
  readonly leftOut: readonly number[];
}

/**
 * The labels that several stores share, in the order of the first, each with its unit vectors one after another: its
 * cosines are the means of theirs. All vectors are read. Of equal labels the first row counts.
 */
export async function joinStores(stores: readonly WordStore[]): Promise<JoinedStore> {
  const maps = await Promise.all(stores.map(rowsByLabel));
  const [first, ...others] = maps;
  const labels = [...first.keys()].filter((label) => others.every((map) => map.has(label)));
  const name = stores.map((store) => store.name).join(' + ');
  if (labels.length === 0) throw new InputError(name, 'no label is in all of the files.');
  const points = zeros(
    labels.length,
    stores.reduce((sum, { cols }) => sum + cols, 0),
  );
  let column = 0;
  for (const [s, store] of stores.entries()) {
    const all = await store.vectorsAt(Int32Array.from({ length: store.rows }, (_, row) => row));
    for (const [i, label] of labels.entries())
      points.data.set(unitRow(all, maps[s].get(label) ?? 0), i * points.cols + column);
    column += store.cols;
  }
  const leftOut = maps.map(({ size }) => size - labels.length);
  const close = async () => {
    for (const store of stores) await store.close();
  };
  return { ...tableStore({ points, labels }, name), leftOut, close };
}

function unitRow({ data, cols }: Matrix<Float32Array>, row: number): Float32Array {
  return unit(data.subarray(row * cols, (row + 1) * cols));
}

async function rowsByLabel(store: WordStore): Promise<Map<string, number>> {
  const labels = (await allLabels(labelsOf(store))) ?? [];
  const found = new Map<string, number>();
  for (const [row, label] of labels.entries()) if (!found.has(label)) found.set(label, row);
  return found;
}
