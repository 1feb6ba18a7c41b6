import { InputError } from '../../../core/errors.ts';
import { counted } from '../../../core/text.ts';
import type { Opened, ReadOptions } from '../../../io/contract.ts';
import type { Column, VectorTable } from '../../../io/table.ts';
import { wholeDigits } from '../exact-json.ts';
import { floats } from './floats.ts';
import { labelColumn, wantedVector } from './parameters.ts';
import { type QdrantAddress, qdrantAddress } from './qdrant-address.ts';
import { type Fetch, type QdrantClient, qdrantClient } from './qdrant-client.ts';
import {
  collectionOf,
  type FoundVector,
  pointCount,
  vectorOf,
  withVector,
} from './qdrant-collection.ts';
import {
  cellText,
  ID,
  type Kind,
  kindOf,
  POINT_ID,
  type Point,
  pointsAtOnce,
  scrolled,
  together,
} from './qdrant-points.ts';

/** A column: the id of the points, or a field of their payloads. */
interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly isId: boolean;
}

interface Plan extends QdrantAddress {
  readonly rows: number;
  readonly found: FoundVector;
  readonly fields: readonly Field[];
  readonly labels: string | undefined;
  readonly skips: boolean;
}

/** Opens a collection of Qdrant: one look at the ids and payloads says which columns there are, the next reads the rows. */
export async function openQdrant(
  text: string,
  options: ReadOptions,
  request: Fetch,
): Promise<Opened> {
  const address = qdrantAddress(text);
  const client = qdrantClient(address, request);
  const plan = await planOf(client, address, options);
  const { name, rows, found, labels } = plan;
  if (found.distance === 'Cosine')
    options.onRemark?.(
      `${name}: Qdrant holds the vectors of a collection that is compared by Cosine at length 1; their lengths are lost.`,
    );
  const bytes = 4 * rows * found.size;
  return {
    name,
    size: bytes,
    close: async () => {},
    reader: {
      info: async () => ({
        format: 'qdrant',
        rows,
        cols: found.size,
        dtype: dtypeOf(found),
        bytes,
        vector: found.called || 'vector',
        labels: labels ?? false,
        columns: plan.fields.flatMap((own) => (own.name === labels ? [] : [own.name])),
      }),
      blocks: (rowsPerBlock, shared) => blocksOf(client, plan, rowsPerBlock, shared),
    },
  };
}

const dtypeOf = ({ datatype }: FoundVector): 'f2' | 'f4' | 'u1' => {
  if (datatype === 'float16') return 'f2';
  return datatype === 'uint8' ? 'u1' : 'f4';
};

async function planOf(
  client: QdrantClient,
  address: QdrantAddress,
  options: ReadOptions,
): Promise<Plan> {
  const { name, collection, skipsNull } = address;
  const found = vectorOf(
    name,
    await collectionOf(address, client),
    wantedVector(name, options, address),
  );
  const all = await pointCount(client, collection);
  if (all === 0) throw new InputError(name, 'the collection has no points.');
  // A vector without a name is in every point, unless someone left it out on purpose.
  const isNamed = found.called !== '' || skipsNull;
  const rows = isNamed ? await pointCount(client, collection, found.called) : all;
  if (rows < all && !skipsNull)
    throw new InputError(
      name,
      `${counted(all - rows, 'point')} of ${all} ${all - rows === 1 ? 'has' : 'have'} no such vector; ?null=skip leaves them out.`,
    );
  if (rows === 0) throw new InputError(name, 'no point has such a vector.');
  const skips = rows < all;
  const fields = await fieldsOf(client, address, skips ? found.called : undefined);
  const names = fields.map((own) => own.name);
  const labels = labelColumn(name, options, address, names);
  return { ...address, rows, found, fields, labels, skips };
}

/** The columns, from a look at all ids and payloads. */
async function fieldsOf(
  client: QdrantClient,
  { collection, id }: QdrantAddress,
  vector: string | undefined,
): Promise<Field[]> {
  const kinds = new Map<string, Kind | undefined>();
  let ids: Kind | undefined;
  const filter = vector === undefined ? undefined : withVector(vector);
  const asks = { with_payload: true, with_vector: false, ...(filter && { filter }) };
  for await (const points of scrolled(client, collection, asks, pointsAtOnce(0)))
    for (const { id: own, payload } of points) {
      const kind = kindOf(own);
      ids = ids === undefined || ids === kind ? kind : 'text';
      for (const [key, value] of Object.entries(payload ?? {}))
        kinds.set(key, together(kinds.get(key), kindOf(value)));
    }
  const called = id ?? (kinds.has(ID) ? POINT_ID : ID);
  const payloads = Array.from(kinds, ([name, kind = 'text']) => ({ name, kind, isId: false }));
  return [
    { name: called, kind: ids ?? 'text', isId: true },
    ...payloads.filter((own) => own.name !== called),
  ];
}

async function* blocksOf(
  client: QdrantClient,
  plan: Plan,
  rowsPerBlock: number,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const { name, collection, rows, found, skips } = plan;
  const asks = {
    with_payload: true,
    with_vector: found.called === '' ? true : [found.called],
    ...(skips && { filter: withVector(found.called) }),
  };
  let row = 0;
  let block = blockOf(plan, Math.min(rowsPerBlock, rows), shared);
  for await (const points of scrolled(client, collection, asks, pointsAtOnce(found.size)))
    for (const point of points) {
      if (row === rows) throw changed(name);
      block.take(point, row++);
      if (block.filled < block.size) continue;
      yield block.table();
      block = blockOf(plan, Math.max(1, Math.min(rowsPerBlock, rows - row)), shared);
    }
  if (row !== rows) throw changed(name);
  if (block.filled > 0) yield block.table();
}

const changed = (name: string): InputError =>
  new InputError(name, 'the collection was changed while it was read; read it again.');

/** A block that is filled point by point. */
function blockOf(plan: Plan, size: number, shared: boolean) {
  const { name, found, fields, labels } = plan;
  const { size: cols, called } = found;
  const data = floats(size * cols, name, shared);
  const columns = fields.map(({ kind, name: own }) =>
    kind === 'number' && own !== labels ? new Float64Array(size) : ([] as string[]),
  );
  let filled = 0;
  return {
    size,
    get filled() {
      return filled;
    },
    take(point: Point, row: number): void {
      const { vector } = point;
      const values =
        Array.isArray(vector) || !vector ? vector : (vector as Record<string, unknown>)[called];
      if (!Array.isArray(values) || values.length !== cols)
        throw new InputError(name, `row ${row} has no vector of ${cols} numbers.`);
      data.set(values as number[], filled * cols);
      for (const [f, { name: own, kind, isId }] of fields.entries()) {
        const value = isId ? point.id : point.payload?.[own];
        const column = columns[f];
        if (column instanceof Float64Array) column[filled] = numberOf(value, name, own);
        else column.push(cellText(value, kind));
      }
      filled++;
    },
    table(): VectorTable {
      const named: Record<string, Column> = {};
      let found: readonly string[] | undefined;
      for (const [f, { name: own }] of fields.entries()) {
        const values = columns[f].slice(0, filled);
        if (own === labels) found = values as string[];
        else named[own] = values;
      }
      const types = Object.fromEntries(fields.map((own) => [own.name, own.kind]));
      return {
        points: { data: data.subarray(0, filled * cols), rows: filled, cols },
        labels: found,
        columns: named,
        source: { name, format: 'qdrant', dtype: dtypeOf(plan.found), types },
      };
    },
  };
}

/** A number that was one when the columns were looked at. */
function numberOf(value: unknown, name: string, column: string): number {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === 'number') return value;
  const got = wholeDigits(value) ?? JSON.stringify(value);
  throw new InputError(
    name,
    `the collection was changed while it was read: "${column}" was a number, and now is ${got}; read it again.`,
  );
}
