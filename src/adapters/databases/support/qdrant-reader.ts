import { InputError } from '../../../core/errors.ts';
import { counted } from '../../../core/text.ts';
import type { Opened, ReadOptions } from '../../../io/contract.ts';
import type { Column, VectorTable } from '../../../io/table.ts';
import { floats } from './floats.ts';
import { membersOf } from './json-slices.ts';
import { labelColumn, wantedVector } from './parameters.ts';
import { type QdrantAddress, qdrantAddress } from './qdrant-address.ts';
import { parsed, type QdrantClient, qdrantClient } from './qdrant-client.ts';
import {
  countOf,
  dtypeOf,
  type FoundCollection,
  type FoundVector,
  foundCollection,
  pointsAtOnce,
  vectorOf,
  without,
} from './qdrant-collection.ts';
import { columnOf, type FieldKind, fieldsSeen } from './qdrant-columns.ts';
import { type PointText, scrolled } from './qdrant-points.ts';

/** What the type of the column with the ids of points is called. */
export const POINT_ID = 'point id';

interface Plan extends FoundVector {
  readonly client: QdrantClient;
  readonly found: FoundCollection;
  readonly rows: number;
  readonly cols: number;
  readonly fields: ReadonlyMap<string, FieldKind>;
  readonly label: string | undefined;
  /** The column of the ids, and whether they are whole numbers of float64. */
  readonly id: string;
  readonly isCounted: boolean;
  /** Of all ids in their order. */
  readonly digest: number;
  readonly skips: boolean;
}

/** Opens a collection of Qdrant: one look at all payloads, then the points page by page in the order of their ids. */
export async function openQdrant(text: string, options: ReadOptions): Promise<Opened> {
  const address = qdrantAddress(text);
  const { name } = address;
  const client = qdrantClient(address);
  const plan = await planOf(client, address, options);
  const { rows, cols, params, vector, label, fields, id } = plan;
  if (client.isOpen)
    options.onRemark?.(`${name}: the key goes over plain HTTP; ?tls=true asks for HTTPS.`);
  if (params.distance === 'Cosine')
    options.onRemark?.(
      `${name}: Qdrant keeps vectors of a cosine collection at unit length; the lengths they had are not known.`,
    );
  const bytes = 4 * rows * cols;
  return {
    name,
    size: bytes,
    close: async () => {},
    reader: {
      info: async () => ({
        format: 'qdrant',
        rows,
        cols,
        dtype: dtypeOf(params),
        bytes,
        ...(vector !== '' && { vector }),
        labels: label ?? false,
        columns: [id, ...[...fields.keys()].filter((own) => own !== label)],
      }),
      blocks: (rowsPerBlock, shared) => blocksOf(plan, rowsPerBlock, shared),
    },
  };
}

/** A number that any change of the ids, or of their order, changes (FNV-1a). */
function digested(before: number, id: string): number {
  let hash = before;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ 0x2c, 0x01000193);
}

async function planOf(
  client: QdrantClient,
  address: QdrantAddress,
  options: ReadOptions,
): Promise<Plan> {
  const { name, collection, skipsNull } = address;
  const found = await foundCollection(client, address);
  if (!found)
    throw new InputError(name, `there is no collection "${collection}" at ${address.host}.`);
  const { real, info } = found;
  const meant = vectorOf(name, info, wantedVector(name, options, address));
  const bare = await bareOf(client, real, meant.vector);
  const limit = pointsAtOnce(1, info, 'read');
  const seen = fieldsSeen();
  let [all, digest, isCounted] = [0, 0, true];
  for await (const page of scrolled(client, real, { payload: true, vector: false, limit })) {
    for (const { id, payload } of page) {
      digest = digested(digest, id);
      isCounted &&= Number.isSafeInteger(Number(id));
      if (payload !== undefined) parsed(name, () => seen.look(payload));
    }
    all += page.length;
  }
  if (all === 0) throw new InputError(name, 'the collection has no points.');
  if (bare.count > 0 && !skipsNull)
    throw new InputError(
      name,
      `${counted(bare.count, 'point')} of ${all} ${bare.count === 1 ? 'has' : 'have'} no such vector, the first with id ${bare.first}; ?null=skip leaves them out.`,
    );
  const fields = seen.kinds();
  const label = labelColumn(name, options, address, [...fields.keys()]);
  // Labels are texts.
  const kind = label === undefined ? undefined : fields.get(label);
  if (label !== undefined && kind === 'number') fields.set(label, 'json');
  const cols = meant.params.size;
  const id = idColumn(name, address, fields, options);
  const skips = bare.count > 0;
  return {
    ...meant,
    client,
    found,
    rows: all - bare.count,
    cols,
    fields,
    label,
    id,
    isCounted,
    digest,
    skips,
  };
}

function idColumn(
  name: string,
  { id }: QdrantAddress,
  fields: ReadonlyMap<string, FieldKind>,
  { onRemark }: ReadOptions,
): string {
  if (id !== undefined && fields.has(id))
    throw new InputError(
      name,
      `payloads have a field "${id}"; ?id= names the column of the ids otherwise.`,
    );
  if (id !== undefined || !fields.has('id')) return id ?? 'id';
  let free = 'point_id';
  while (fields.has(free)) free += '_';
  onRemark?.(
    `${name}: payloads have a field "id", so the ids of the points are in the column ${free}.`,
  );
  return free;
}

/** How many points have no such vector, and the id of the first. */
async function bareOf(client: QdrantClient, real: string, vector: string) {
  const filter = without(vector);
  const count = await countOf(client, real, filter);
  if (count === 0) return { count, first: '' };
  for await (const [point] of scrolled(client, real, {
    payload: false,
    vector: false,
    filter,
    limit: 1,
  }))
    return { count, first: point?.id ?? '' };
  return { count, first: '' };
}

function changed(name: string): never {
  throw new InputError(name, 'the collection was changed while it was read; read it again.');
}

async function* blocksOf(
  plan: Plan,
  rowsPerBlock: number,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const { client, found, rows, cols, vector, skips } = plan;
  const limit = pointsAtOnce(cols, found.info, 'read');
  const wanted = { payload: true, vector: vector === '' ? true : [vector], limit };
  const next = (row: number) => blockOf(plan, Math.min(rowsPerBlock, rows - row), shared);
  let [row, digest] = [0, 0];
  let block = next(0);
  for await (const page of scrolled(client, found.real, wanted)) {
    for (const point of page) {
      digest = digested(digest, point.id);
      const values = vectorIn(plan, point);
      if (values === undefined && skips) continue;
      if (values === undefined || row === rows) return changed(client.name);
      block.put(point, values);
      row++;
      if (block.filled < block.size) continue;
      yield block.table();
      block = next(row);
    }
  }
  if (row !== rows || digest !== plan.digest) changed(client.name);
}

/** The numbers of a point; undefined where it has no such vector. */
function vectorIn({ client, vector, cols }: Plan, point: PointText): readonly number[] | undefined {
  const { name } = client;
  const given = parsed(name, () =>
    point.vector === undefined ? undefined : (JSON.parse(point.vector) as unknown),
  );
  const own = Array.isArray(given)
    ? given
    : (given as Record<string, unknown> | undefined)?.[vector];
  if (own === undefined || own === null) return undefined;
  if (Array.isArray(own) && own.length === cols && own.every((x) => typeof x === 'number'))
    return own;
  throw new InputError(name, `the vector of the point ${point.id} has not ${cols} numbers.`);
}

/** A block that is filled point by point. */
function blockOf(
  { client, fields, label, id, cols, isCounted, params }: Plan,
  size: number,
  shared: boolean,
) {
  const { name } = client;
  const data = floats(size * cols, name, shared);
  const columns = Array.from(fields, ([field, kind]) => [field, columnOf(kind, size)] as const);
  const byName = new Map(columns);
  const numbers = isCounted ? new Float64Array(size) : undefined;
  const texts: string[] = [];
  let filled = 0;
  return {
    size,
    get filled() {
      return filled;
    },
    put(point: PointText, values: readonly number[]): void {
      data.set(values, filled * cols);
      if (numbers) numbers[filled] = Number(point.id);
      else texts.push(point.id.replaceAll('"', ''));
      const { payload } = point;
      if (payload !== undefined)
        parsed(name, () => {
          for (const [field, slice] of membersOf(payload)) {
            // A field, or a kind of value, that was not there at the first look.
            if (byName.get(field)?.put(filled, payload, slice) !== true) changed(name);
          }
        });
      filled++;
    },
    table(): VectorTable {
      const named: [string, Column][] = [[id, numbers ?? texts]];
      let labels: readonly string[] | undefined;
      for (const [field, column] of columns) {
        const values = column.values(filled);
        if (field !== label) named.push([field, values]);
        else labels = (values as readonly string[]).slice();
      }
      const types = Object.fromEntries([[id, POINT_ID], ...fields]);
      return {
        points: { data, rows: filled, cols },
        labels,
        columns: Object.fromEntries(named),
        source: { name, format: 'qdrant', dtype: dtypeOf(params), types },
      };
    },
  };
}
