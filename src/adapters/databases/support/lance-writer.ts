import { InputError } from '../../../core/errors.ts';
import { counted } from '../../../core/text.ts';
import type { ComingRows, TableOutput } from '../../../io/contract.ts';
import type { VectorTable } from '../../../io/table.ts';
import type { PeerLoader } from '../../support/load-peer.ts';
import {
  type LanceAddress,
  type LancePlace,
  lanceAddress,
  lanceDatabase,
  lancePlace,
  refused,
} from './lance-address.ts';
import { batchWith, newArrowTable } from './lance-arrow.ts';
import { isVector, vectorField } from './lance-columns.ts';
import {
  type ArrowBatch,
  type ArrowField,
  type LanceDatabase,
  type LanceTable,
  type Packages,
  packagesOf,
} from './lance-packages.ts';
import { refuseColumn } from './parameters.ts';

/** Bytes of a version: its package takes one in a single piece, which Node bounds. */
const MOST_BYTES = 2 ** 31;

/** Refuses an address that could not be written; changes nothing. */
export async function claimLance(text: string, load: PeerLoader): Promise<void> {
  const address = lanceAddress(text);
  if (address.version !== undefined)
    throw new InputError(address.name, 'versions are read, not written; leave out version=.');
  const packages = await packagesOf(address.name, load);
  const place = await lancePlace(address, packages).catch((cause) => refused(address.name, cause));
  if (!place.isThere || address.replaces) return;
  const database = await lanceDatabase(packages, place.folder);
  try {
    const table = await database.openTable(place.table);
    vectorField(address.name, (await table.schema()).fields, address.vector);
    table.close();
  } catch (cause) {
    refused(address.name, cause);
  } finally {
    database.close();
  }
}

/** Rows into a table of LanceDB, as one version: what was there before can still be read. */
export async function createLance(
  text: string,
  coming: ComingRows,
  load: PeerLoader,
): Promise<TableOutput> {
  await claimLance(text, load);
  const address = lanceAddress(text);
  const { name } = address;
  const { rows, cols, dtype } = coming;
  if (dtype !== undefined && dtype !== 'f4' && dtype !== 'f2')
    throw new InputError(name, `vectors are written as f4 or f2 there; not as ${dtype}.`);
  if (4 * rows * cols > MOST_BYTES)
    throw new InputError(
      name,
      `LanceDB’s package takes a version of ${MOST_BYTES / 2 ** 30} GiB at most, and ${rows} × ${cols} are more; write parts into tables of their own.`,
    );
  const packages = await packagesOf(name, load);
  const place = await lancePlace(address, packages).catch((cause) => refused(name, cause));
  const isGiven = place.isThere && !address.replaces;
  const blocks: VectorTable[] = [];
  return {
    name,
    async append(block) {
      blocks.push(block);
    },
    async finish() {
      const database = await lanceDatabase(packages, place.folder);
      try {
        const at = { ...place, ...packages, database };
        return await (isGiven
          ? newVersion(address, at, blocks)
          : newTable(address, at, blocks, dtype === 'f2'));
      } catch (cause) {
        return refused(name, cause);
      } finally {
        database.close();
      }
    },
    async discard() {},
  };
}

/** Where a version goes. */
interface At extends LancePlace, Packages {
  readonly database: LanceDatabase;
}

async function newTable(
  { name, ...address }: LanceAddress,
  { database, table, isThere, arrow }: At,
  blocks: readonly VectorTable[],
  isHalf: boolean,
): Promise<string[]> {
  const { id = 'id', vector = 'vector', label = 'label' } = address;
  const data = newArrowTable(arrow, blocks, { id, vector, label, isHalf });
  const old = isThere ? await (await database.openTable(table)).version() : undefined;
  const made = await database.createTable(table, data, { mode: isThere ? 'overwrite' : 'create' });
  const version = await made.version();
  made.close();
  return old === undefined ? [] : [versions(name, version, old)];
}

const versions = (name: string, version: number, old: number): string =>
  `${name}: version ${version}; the old rows are version ${old} (?version=${old} reads it).`;

/** The table with other vectors; its other columns stay as they are. */
async function newVersion(
  address: LanceAddress,
  { database, table: called, arrow }: At,
  blocks: readonly VectorTable[],
): Promise<string[]> {
  const { name } = address;
  const table = await database.openTable(called);
  const schema = await table.schema();
  const field = vectorField(name, schema.fields, address.vector);
  const d = blocks[0].points.cols;
  if (field.type.listSize !== d)
    throw new InputError(
      name,
      `the vectors have ${d} numbers, and "${field.name}" of the table ${field.type.listSize}; name another table, or ?replace=true.`,
    );
  const old = await table.version();
  const indexes = (await table.listIndices()).map((own) => own.name);
  const batches = await batchesWith(table, address, schema.fields, blocks, (batch, values) =>
    batchWith(arrow, schema, batch, field, values),
  );
  await table.add(new arrow.Table(schema, batches), { mode: 'overwrite' });
  const version = await table.version();
  table.close();
  const lost =
    indexes.length > 0 ? ` Indexes belong to the old rows: build ${indexes.join(', ')} again.` : '';
  return [versions(name, version, old) + lost];
}

async function batchesWith(
  table: LanceTable,
  { name, ...address }: LanceAddress,
  fields: readonly ArrowField[],
  blocks: readonly VectorTable[],
  remade: (batch: ArrowBatch, values: Float32Array) => ArrowBatch,
): Promise<ArrowBatch[]> {
  const { cols } = blocks[0].points;
  const n = await table.countRows();
  const came = blocks.reduce((sum, block) => sum + block.points.rows, 0);
  const id = idField(name, fields, address.id, blocks[0]);
  if (n !== came)
    throw new InputError(
      name,
      `the table has ${counted(n, 'row')}, and ${came} came; nothing was changed.`,
    );
  const places = new Map<string, Float32Array>();
  const inOrder: Float32Array[] = [];
  for (const { points, columns = {} } of blocks)
    for (let i = 0; i < points.rows; i++) {
      const row = points.data.subarray(i * cols, (i + 1) * cols);
      if (id) places.set(String(columns[id.name][i]), row);
      else inOrder.push(row);
    }
  const batches: ArrowBatch[] = [];
  let row = 0;
  for await (const batch of table.query().select(fields.map((own) => own.name))) {
    const ids = id && batch.getChild(id.name);
    const values = new Float32Array(batch.numRows * cols);
    for (let i = 0; i < batch.numRows; i++, row++) {
      const own = ids ? places.get(String(ids.get(i))) : inOrder[row];
      if (!own)
        throw new InputError(
          name,
          `row ${row} of the table (${id?.name} ${String(ids?.get(i))}) is not among those that came; nothing was changed.`,
        );
      values.set(own, i * cols);
    }
    batches.push(remade(batch, values));
  }
  return batches;
}

/** The column that tells rows apart; undefined where the rows that come have none, and places tell. */
function idField(
  name: string,
  fields: readonly ArrowField[],
  wanted: string | undefined,
  { columns = {} }: VectorTable,
): ArrowField | undefined {
  const called = wanted ?? 'id';
  const found = fields.find((own) => own.name === called && !isVector(own));
  const columnsOf = fields.map((own) => own.name);
  if (!found) return wanted === undefined ? undefined : refuseColumn(name, called, columnsOf);
  if (Object.hasOwn(columns, called)) return found;
  throw new InputError(
    name,
    `the table is there, and the rows that come have no column "${called}" to be told apart by: name another table, or ?replace=true.`,
  );
}
