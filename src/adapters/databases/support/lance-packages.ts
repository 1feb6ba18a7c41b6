import { type PeerLoader, peerOf } from '../../support/load-peer.ts';

/** A type of Apache Arrow. */
export interface ArrowType {
  readonly listSize?: number;
  readonly children?: readonly ArrowField[] | null;
  toString(): string;
}

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
}

export interface ArrowSchema {
  readonly fields: readonly ArrowField[];
}

/** Values of one column of one batch. */
export interface ArrowData {
  readonly length: number;
  readonly nullCount: number;
  readonly children: readonly ArrowData[];
  readonly values: Float32Array | Float64Array | Uint16Array;
}

export interface ArrowVector {
  readonly data: readonly ArrowData[];
  get(row: number): unknown;
}

export interface ArrowBatch {
  readonly numRows: number;
  readonly data: ArrowData;
  getChild(name: string): ArrowVector | null;
}

export interface ArrowTable {
  readonly schema: ArrowSchema;
  readonly batches: readonly ArrowBatch[];
}

type Make = new () => ArrowType;

/** What is used of the package `apache-arrow`. */
export interface Arrow {
  readonly Utf8: Make;
  readonly Bool: Make;
  readonly Int8: Make;
  readonly Int16: Make;
  readonly Int32: Make;
  readonly Int64: Make;
  readonly Uint8: Make;
  readonly Uint16: Make;
  readonly Uint32: Make;
  readonly Float16: Make;
  readonly Float32: Make;
  readonly Float64: Make;
  readonly Field: new (name: string, type: ArrowType, isNullable: boolean) => ArrowField;
  readonly FixedSizeList: new (size: number, field: ArrowField) => ArrowType;
  readonly Struct: new (fields: readonly ArrowField[]) => ArrowType;
  readonly Schema: new (fields: readonly ArrowField[]) => ArrowSchema;
  readonly RecordBatch: new (schema: ArrowSchema, data: ArrowData) => ArrowBatch;
  readonly Table: new (schema: ArrowSchema, batches: readonly ArrowBatch[]) => ArrowTable;
  makeData(of: Readonly<Record<string, unknown>>): ArrowData;
  vectorFromArray(values: readonly unknown[], type: ArrowType): ArrowVector;
}

/** What is used of a query of LanceDB. */
export interface LanceQuery {
  select(columns: readonly string[]): LanceQuery;
  where(condition: string): LanceQuery;
  [Symbol.asyncIterator](): AsyncIterator<ArrowBatch>;
}

/** What is used of a table of LanceDB. */
export interface LanceTable {
  schema(): Promise<ArrowSchema>;
  countRows(condition?: string): Promise<number>;
  version(): Promise<number>;
  checkout(version: number | string): Promise<void>;
  listIndices(): Promise<readonly { readonly name: string }[]>;
  add(data: ArrowTable, options: { readonly mode: 'overwrite' }): Promise<unknown>;
  query(): LanceQuery;
  close(): void;
}

/** What is used of a database of LanceDB. */
export interface LanceDatabase {
  tableNames(): Promise<readonly string[]>;
  openTable(name: string): Promise<LanceTable>;
  createTable(
    name: string,
    data: ArrowTable,
    options: { readonly mode: 'create' | 'overwrite' },
  ): Promise<LanceTable>;
  close(): void;
}

interface Lance {
  connect(
    place: string,
    options?: { readonly storageOptions: Readonly<Record<string, string>> },
  ): Promise<LanceDatabase>;
}

export interface Packages {
  readonly lance: Lance;
  readonly arrow: Arrow;
}

/** The packages of LanceDB; the second comes with the first. */
export async function packagesOf(name: string, load: PeerLoader): Promise<Packages> {
  const lance = await peerOf<Lance>(name, load, '@lancedb/lancedb');
  return { lance, arrow: await peerOf<Arrow>(name, load, 'apache-arrow') };
}
