import { byId } from '../../catalog/by-id.ts';
import type { Matrix } from '../../core/matrix.ts';
import * as alignments from '../../families/alignment/index.ts';
import type {
  Aligned,
  Alignment,
  AlignmentInput,
  RowPairs,
  Side,
} from '../../families/alignment/types.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import type { VectorTable } from '../../io/index.ts';
import { storedModel } from '../../learning/index.ts';
import type { RunOptions } from '../../method/method.ts';
import { placesOf } from './matched-rows.ts';

export type { Aligned, RowPairs, Side } from '../../families/alignment/types.ts';

const { ids, get } = byId<Alignment>('align', 'method', alignments);

/** The ids of all alignments. */
export const alignmentIds = ids;
/** The alignment of that id, else a sentence that names them all. */
export const alignmentById = get;

/**
 * Fits a bridge from the space of A to that of B.
 *
 * @example
 * const [a, b] = [await read('old.npy'), await read('new.npy')];
 * const { model } = await align({ a: a.points, b: b.points }, 'procrustes');
 * await saveModel(fileStore('map.safetensors'), model);
 */
export function align(
  input: AlignmentInput,
  method: string,
  options: Readonly<Record<string, unknown>> = {},
  run: RunOptions = {},
): Promise<Aligned> {
  return alignmentById(method)(input, options as never, run);
}

/** Rows of both tables with the same label, where that label comes once in each; undefined where there are no labels. */
export function pairsByLabel(a: VectorTable, b: VectorTable): RowPairs | undefined {
  if (!a.labels || !b.labels) return undefined;
  const [inA, inB] = [placesOf(a.labels), placesOf(b.labels)];
  const both = Array.from(inA).filter(([label, row]) => row >= 0 && (inB.get(label) ?? -1) >= 0);
  return { a: both.map(([, row]) => row), b: both.map(([label]) => inB.get(label) ?? -1) };
}

/** Moves rows of one side by a saved map, each as if it were alone. */
export async function moveRows(
  store: ByteStore,
  rows: Matrix,
  side: Side = 'a',
  run: RunOptions = {},
): Promise<Matrix> {
  const stored = await storedModel(store);
  return alignmentById(stored.kind.replace('alignment/', '')).transform(stored, rows, side, run);
}
