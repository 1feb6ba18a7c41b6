import { openSource } from '#files';
import { checksumOf } from '../../../core/checksum.ts';
import { InputError } from '../../../core/errors.ts';
import type { FileKind } from '../../../io/described.ts';
import { openPacked, type Packed, writePacked } from '../../../io/packed.ts';
import { columnNames, packedColumn, packedColumns } from '../../../io/packed-columns.ts';
import type { Column } from '../../../io/table.ts';
import type { CheckedRows, Similarity } from '../types.ts';
import { ID } from './usearch-package.ts';

/** The file of the rows beside the file of the graph. */
const ROWS: FileKind = { format: 'tammes-usearch-rows', version: 1, title: 'file of rows' };
const rowsFile = (place: string) => `${place}.rows`;

export interface KeptRows extends CheckedRows {
  readonly similarity: Similarity;
}

/**
 * Writes the graph and the rows under temporary names, and renames both when they are whole. The rows hold the checksum of
 * their graph, so that two files that are not of one another are told.
 */
export async function writeKept(
  place: string,
  { points, labels, columns, similarity }: KeptRows,
  saveGraph: (path: string) => void,
): Promise<void> {
  const { rename, rm } = process.getBuiltinModule('fs/promises');
  const temporary = `${place}.${process.pid}.tmp`;
  try {
    saveGraph(temporary);
    const graph = await checksumOfFile(temporary);
    await writePacked(
      rowsFile(place),
      ROWS,
      { similarity, graph },
      {
        points: { shape: [points.rows, points.cols], data: points.data },
        ...packedColumns(columns),
        ...(labels ? packedColumns({ label: labels }, 'row') : {}),
      },
    );
    await rename(temporary, place);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (cause instanceof InputError) throw cause;
    throw new InputError(ID, `${place} could not be written: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

/** The rows of a graph; the graph itself is only checked. */
export async function readKept(place: string): Promise<KeptRows> {
  const graph = await checksumOfFile(place);
  const packed = await openPacked(rowsFile(place), ROWS);
  try {
    if (packed.fields['graph'] !== graph)
      throw new InputError(
        ID,
        `${place} and ${rowsFile(place)} are not of one another: build the index anew.`,
      );
    return await keptIn(packed);
  } finally {
    await packed.close();
  }
}

async function keptIn(packed: Packed): Promise<KeptRows> {
  const [rows, cols] = packed.shapeOf('points');
  // In a buffer of its own, as the package reads whole buffers.
  const data = Float32Array.from(await packed.whole('points'));
  const columns: Record<string, Column> = {};
  for (const name of columnNames(packed))
    columns[name] = (await packedColumn(packed, name)) as Column;
  return {
    points: { data, rows, cols },
    labels: (await packedColumn(packed, 'label', 'row')) as readonly string[] | undefined,
    columns,
    similarity: packed.fields['similarity'] as Similarity,
  };
}

async function checksumOfFile(path: string): Promise<string> {
  const source = await openSource(path);
  try {
    return checksumOf(await source.read(0, source.size));
  } finally {
    await source.close();
  }
}
