import { InputError } from '../../../core/errors.ts';
import { counted } from '../../../core/text.ts';
import type { VectorTable } from '../../../io/table.ts';
import { membersOf } from './json-slices.ts';
import type { QdrantAddress } from './qdrant-address.ts';
import { parsed, type QdrantClient } from './qdrant-client.ts';
import {
  countOf,
  type FoundCollection,
  gone,
  pathOf,
  pointsAtOnce,
  vectorOf,
  without,
} from './qdrant-collection.ts';
import { type PointText, pointsOf, scrolled, vectorText } from './qdrant-points.ts';
import { idColumnOf, rowTexts } from './qdrant-rows.ts';

/** Rows on their way into a collection that nobody reads yet. */
export interface Filling {
  append(block: VectorTable): Promise<void>;
  /** Refuses rows that are not all there; nothing was switched yet. */
  requireWhole(): Promise<void>;
}

/** What is filled. */
export interface Target {
  readonly client: QdrantClient;
  readonly address: QdrantAddress;
  /** The unfinished collection. */
  readonly collection: string;
  readonly cols: number;
}

async function put(client: QdrantClient, collection: string, points: readonly string[]) {
  const path = pathOf(collection, '/points?wait=true');
  const body = `{"points":[${points.join(',')}]}`;
  if ((await client.ask({ method: 'PUT', path, body })) === undefined)
    gone(client.name, collection);
}

const pointText = (id: string, vector: string, payload: string | undefined): string =>
  `{"id":${id},"vector":${vector}${payload === undefined ? '' : `,"payload":${payload}`}}`;

/** The vector of a row; `before`: rows that came in earlier blocks. */
function rowOf(name: string, { points: { data, cols } }: VectorTable, i: number, before: number) {
  const text = vectorText(data.subarray(i * cols, (i + 1) * cols));
  if (!text.includes('null')) return text;
  throw new InputError(
    name,
    `row ${before + i} has a value that is not finite; Qdrant takes none.`,
  );
}

/** The rows as points of a new collection. */
export function newPoints(target: Target, at: number): Filling {
  const { client, address, collection } = target;
  let row = 0;
  return {
    async append(block) {
      const texts = rowTexts(address, block, row);
      const { rows } = block.points;
      for (let a = 0; a < rows; a += at) {
        const points: string[] = [];
        for (let i = a; i < Math.min(rows, a + at); i++) {
          const own = rowOf(address.name, block, i, row);
          const vector =
            address.vector === undefined ? own : `{${JSON.stringify(address.vector)}:${own}}`;
          points.push(pointText(texts.id(i), vector, texts.payload(i)));
        }
        await put(client, collection, points);
      }
      row += rows;
    },
    async requireWhole() {
      const count = await countOf(client, collection);
      if (count !== row)
        throw new InputError(
          address.name,
          `${counted(row, 'row')} came, and they are ${counted(count, 'point')}: ids stand for several rows; nothing was changed.`,
        );
    },
  };
}

/** New vectors for the points of a collection by their ids; payloads and other vectors are copied as they were written. */
export function givenPoints(target: Target, old: FoundCollection): Filling {
  const { client, address, collection, cols } = target;
  const { name } = address;
  const { vector, params, others } = vectorOf(name, old.info, address.vector);
  if (params.size !== cols)
    throw new InputError(
      name,
      `the vectors have ${cols} numbers, and those of the collection ${params.size}; name another collection, or ?replace=true.`,
    );
  // Other vectors and payloads may be longer than ours.
  const at = Math.max(
    1,
    Math.floor(pointsAtOnce(cols * (1 + others.length), old.info, 'write') / 2),
  );
  const wanted = others.length > 0 ? others : false;
  const withNew = (point: PointText, own: string): string => {
    if (vector === '') return pointText(point.id, own, point.payload);
    return pointText(
      point.id,
      `{${[`${JSON.stringify(vector)}:${own}`, ...othersOf(point)].join(',')}}`,
      point.payload,
    );
  };
  const othersOf = ({ vector: text }: PointText): string[] => {
    if (text === undefined) return [];
    return parsed(name, () =>
      Array.from(
        membersOf(text),
        ([key, { start, end }]) => `${JSON.stringify(key)}:${text.slice(start, end)}`,
      ),
    );
  };
  let came = 0;
  const copied = async (block: VectorTable, from: number, to: number): Promise<void> => {
    const texts = rowTexts(address, block, came);
    const ids = Array.from({ length: to - from }, (_, i) => texts.id(from + i));
    const found = await pointsOf(client, old.real, ids, wanted);
    const points = ids.map((id, i) => {
      const point = found.get(id);
      if (!point)
        throw new InputError(
          name,
          `row ${came + from + i} (id ${id}) is not in the collection; nothing was changed.`,
        );
      return withNew(point, rowOf(name, block, from + i, came));
    });
    await put(client, collection, points);
  };
  return {
    async append(block) {
      const id = idColumnOf(block, address);
      if (!Object.hasOwn(block.columns ?? {}, id))
        throw new InputError(
          name,
          `the collection is there, and the rows that come have no column "${id}" to be told apart by: name another collection, or ?replace=true.`,
        );
      const { rows } = block.points;
      for (let a = 0; a < rows; a += at) await copied(block, a, Math.min(rows, a + at));
      came += rows;
    },
    async requireWhole() {
      const ask = { payload: true, vector: wanted, filter: without(vector), limit: at };
      for await (const page of scrolled(client, old.real, ask)) {
        const points = page.map((point) =>
          pointText(point.id, `{${othersOf(point).join(',')}}`, point.payload),
        );
        if (points.length > 0) await put(client, collection, points);
      }
      const [before, after] = [await countOf(client, old.real), await countOf(client, collection)];
      if (before === after) return;
      throw new InputError(
        name,
        `the collection has ${counted(before, 'point')}, and ${after} came with vectors or never had one: rows are missing, came twice, or were changed meanwhile; nothing was changed.`,
      );
    },
  };
}
