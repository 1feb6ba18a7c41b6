import { InputError } from '../../../core/errors.ts';
import type { ComingRows } from '../../../io/contract.ts';
import type { VectorTable } from '../../../io/table.ts';
import { storedNames } from '../../support/stored-names.ts';
import type { QdrantAddress } from './qdrant-address.ts';
import type { QdrantClient } from './qdrant-client.ts';
import { pathOf } from './qdrant-collection.ts';
import {
  cellValue,
  ID,
  type Kind,
  type MakePoints,
  POINT_ID,
  type PointId,
  pointId,
} from './qdrant-points.ts';

export async function newCollection(
  client: QdrantClient,
  made: string,
  { vector, distance = 'Cosine' }: QdrantAddress,
  { cols, dtype }: ComingRows,
): Promise<void> {
  const params = { size: cols, distance, ...(dtype === 'f2' && { datatype: 'float16' }) };
  await client.ask('PUT', pathOf(made), {
    vectors: vector === undefined ? params : { [vector]: params },
  });
}

/** Points of rows: an id, the vector, and the label and the columns as payload, what is missing left out. */
export function newPoints({ name, vector, id, label = 'label' }: QdrantAddress): MakePoints {
  let row = 0;
  let column: string | undefined;
  return async (block, from, to) => {
    if (row === 0) column = idColumn(name, block, id);
    const { data, cols } = block.points;
    const others = Object.keys(block.columns ?? {}).filter((own) => own !== column);
    const stored = storedNames(others, block.labels ? [label] : []);
    return Array.from({ length: to - from }, (_, at) => {
      const i = from + at;
      const values = Array.from(data.subarray(i * cols, (i + 1) * cols));
      const own = column === undefined ? row++ : idAt(name, block, column, i, row++);
      return {
        id: own,
        vector: vector === undefined ? values : { [vector]: values },
        payload: {
          ...payloadOf(block, stored, i),
          ...(block.labels && block.labels[i] !== '' && { [label]: block.labels[i] }),
        },
      };
    });
  };
}

/** The column of the ids; undefined where rows are numbered. */
function idColumn(
  name: string,
  { columns = {} }: VectorTable,
  wanted: string | undefined,
): string | undefined {
  if (wanted !== undefined) {
    if (Object.hasOwn(columns, wanted)) return wanted;
    throw new InputError(name, `the rows that come have no column "${wanted}" for the ids.`);
  }
  const found = [POINT_ID, ID].find((own) => Object.hasOwn(columns, own));
  if (found === undefined || pointId(columns[found][0]) === undefined) return undefined;
  return found;
}

function idAt(
  name: string,
  { columns = {} }: VectorTable,
  column: string,
  i: number,
  row: number,
): PointId {
  const id = pointId(columns[column][i]);
  if (id !== undefined) return id;
  throw new InputError(
    name,
    `row ${row} has "${columns[column][i]}" as ${column}; ids are whole numbers from 0 on, or UUIDs, there.`,
  );
}

function payloadOf(
  { columns = {}, source }: VectorTable,
  stored: Readonly<Record<string, string>>,
  i: number,
): Record<string, unknown> {
  const types = source?.format === 'qdrant' ? source.types : undefined;
  const cells = Object.entries(stored).map(([own, called]) => {
    const value = columns[own][i];
    if (typeof value === 'number') return [called, Number.isFinite(value) ? value : undefined];
    return [called, cellValue(value, types?.[own] as Kind | undefined)];
  });
  return Object.fromEntries(cells.filter(([, value]) => value !== undefined));
}
