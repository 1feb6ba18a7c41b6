import { InputError } from '../../../core/errors.ts';
import { messageOf, peerOf } from '../../support/load-peer.ts';
import type { SettledAt } from '../types.ts';
import type { Arrow, ArrowTable } from './lance-arrow.ts';

/** What the adapter is called in sentences. */
export const ID = 'lancedb';

type Distance = 'cosine' | 'dot' | 'l2';

/** What is used of a query of LanceDB: each call gives the query back. */
export interface LanceQuery {
  nearestTo(vector: Float32Array): LanceQuery;
  distanceType(type: Distance): LanceQuery;
  bypassVectorIndex(): LanceQuery;
  nprobes(count: number): LanceQuery;
  ef(count: number): LanceQuery;
  refineFactor(factor: number): LanceQuery;
  where(condition: string): LanceQuery;
  limit(count: number): LanceQuery;
  select(columns: readonly string[]): LanceQuery;
  toArray(): Promise<readonly Readonly<Record<string, string | number | bigint | null>>[]>;
}

/** A field of a schema, as Apache Arrow describes it. */
export interface LanceField {
  readonly name: string;
  readonly type: { readonly listSize?: number; toString(): string };
}

/** What is used of a table of LanceDB. */
export interface LanceTable {
  schema(): Promise<{
    readonly fields: readonly LanceField[];
    readonly metadata: ReadonlyMap<string, string>;
  }>;
  countRows(condition?: string): Promise<number>;
  createIndex(column: string, options: { readonly config: unknown }): Promise<void>;
  listIndices(): Promise<readonly { readonly name: string; readonly columns: readonly string[] }[]>;
  indexStats(
    name: string,
  ): Promise<{ readonly indexType: string; readonly distanceType?: string } | undefined>;
  query(): LanceQuery;
  close(): void;
}

/** What is used of a database of LanceDB. */
export interface LanceDatabase {
  tableNames(): Promise<readonly string[]>;
  openTable(name: string): Promise<LanceTable>;
  createTable(name: string, data: ArrowTable): Promise<LanceTable>;
  dropTable(name: string): Promise<void>;
  close(): void;
}

interface IndexSettings {
  readonly distanceType: Distance;
  readonly numPartitions?: number;
}

/** What is used of the package `@lancedb/lancedb`. */
export interface Lance {
  connect(folder: string): Promise<LanceDatabase>;
  readonly Index: {
    ivfFlat(settings: IndexSettings): unknown;
    hnswSq(settings: IndexSettings): unknown;
  };
}

export interface Packages {
  readonly lance: Lance;
  readonly arrow: Arrow;
}

/** The packages of LanceDB; the second comes with the first. */
export async function packagesOf({ load }: SettledAt): Promise<Packages> {
  const lance = await peerOf<Lance>(ID, load, '@lancedb/lancedb');
  return { lance, arrow: await peerOf<Arrow>(ID, load, 'apache-arrow') };
}

/** Opens the database in a folder: only folders, so that no server is asked. */
export async function databaseIn(
  { place }: SettledAt,
  { lance }: Packages,
): Promise<LanceDatabase> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(place))
    throw new InputError(ID, `expected a folder; got the address ${JSON.stringify(place)}.`);
  // A bare name may be read as the address of a server.
  return lance.connect(process.getBuiltinModule('path').resolve(place)).catch(refuse);
}

/** What LanceDB does not do, in a sentence. */
export function refuse(cause: unknown): never {
  if (cause instanceof InputError) throw cause;
  throw new InputError(ID, `LanceDB says: ${messageOf(cause)}.`, { cause });
}
