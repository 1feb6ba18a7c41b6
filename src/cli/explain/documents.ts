import { InputError } from '../../core/errors.ts';
import type { VectorTable } from '../../io/table.ts';
import { nameOfInput } from '../input.ts';
import { readTable } from '../learn/examples.ts';
import type { StoreFlags } from '../search/stores.ts';

export interface DocumentTable {
  readonly table: VectorTable;
  /** The document of each row; undefined where none is asked for and rows have no labels. */
  readonly documents: readonly string[] | undefined;
  /** Labels of the rows, where these are not the documents. */
  readonly names: readonly string[] | undefined;
}

/** A table and the documents of its rows: a column, the labels if they stand in that column, or the labels without a column. */
export async function readDocuments(
  files: readonly string[],
  { vectorColumn: vector, labelColumn: label, ...flags }: StoreFlags,
  document: string | undefined,
): Promise<DocumentTable> {
  const table = await readTable(files, { ...flags, vector, label }, document);
  const { labels, columns = {} } = table;
  if (document === undefined) return { table, documents: labels, names: undefined };
  const column = Object.hasOwn(columns, document) ? columns[document] : undefined;
  if (!column)
    throw new InputError(
      nameOfInput(files),
      `there is no column "${document}" (--document); the columns are ${Object.keys(columns).join(', ') || 'none'}.`,
    );
  const documents = Array.from<string | number, string>(column as ArrayLike<string>, String);
  return { table, documents, names: column === labels ? undefined : labels };
}
