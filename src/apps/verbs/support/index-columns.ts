import type { Packed } from '../../../io/packed.ts';
import { columnNames, packedColumn } from '../../../io/packed-columns.ts';
import type { Column } from '../../../io/table.ts';
import {
  codedTexts,
  columnsAsked,
  filterColumns,
  preparedFilter,
} from '../../../structures/filters/filter.ts';
import type {
  ColumnKind,
  FilterBlock,
  FilterColumn,
  Predicate,
} from '../../../structures/filters/types.ts';

/** The columns of an index's documents, in the order of its rows; read when a filter asks them. */
export interface IndexColumns {
  readonly names: readonly string[];
  column(name: string): Promise<FilterColumn>;
}

/** Columns of a table in memory. */
export function columnsInMemory(columns: Readonly<Record<string, Column>>): IndexColumns {
  const own = filterColumns(columns);
  return { names: Object.keys(own), column: async (name) => own[name] };
}

/** Columns in the file of an index. */
export function columnsInFile(packed: Packed): IndexColumns {
  const known = new Map<string, Promise<FilterColumn>>();
  return {
    names: columnNames(packed),
    column(name) {
      const own = known.get(name) ?? readColumn(packed, name);
      known.set(name, own);
      return own;
    },
  };
}

async function readColumn(packed: Packed, name: string): Promise<FilterColumn> {
  const column = (await packedColumn(packed, name)) ?? [];
  return column instanceof Float64Array ? column : codedTexts(column);
}

/** Which of n rows pass a condition; only the columns that it asks are read. */
export async function maskOfColumns(
  { names, column }: IndexColumns,
  where: Predicate,
  n: number,
): Promise<Uint8Array> {
  const asked = columnsAsked(where);
  const kinds: Record<string, ColumnKind> = {};
  const block: Record<string, FilterBlock[string]> = {};
  for (const name of names) {
    kinds[name] = 'numbers';
    if (!asked.has(name)) continue;
    const own = await column(name);
    kinds[name] = own instanceof Float64Array ? 'numbers' : own.texts;
    block[name] = own instanceof Float64Array ? own : own.codes;
  }
  return preparedFilter(where, kinds).mask(block, n);
}
