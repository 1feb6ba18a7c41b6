import { itemsOf, membersOf, sliced } from './json-slices.ts';
import { parsed, type QdrantClient, type Request } from './qdrant-client.ts';
import { gone, pathOf } from './qdrant-collection.ts';

/** A point as the server wrote it. */
export interface PointText {
  readonly id: string;
  /** Undefined where there is none. */
  readonly payload: string | undefined;
  readonly vector: string | undefined;
}

/** Some points, and where the next begin. */
interface Page {
  readonly points: readonly PointText[];
  readonly next: string | undefined;
}

function pointsIn(text: string, start: number): PointText[] {
  return Array.from(itemsOf(text, start), (slice) => {
    const point = membersOf(text, slice.start);
    const id = sliced(text, point.get('id'));
    if (id === undefined) throw new SyntaxError('a point has no id');
    return {
      id,
      payload: sliced(text, point.get('payload')),
      vector: sliced(text, point.get('vector')),
    };
  });
}

function pageOf(text: string): Page {
  const result = membersOf(text).get('result');
  const members = membersOf(text, result?.start);
  const points = members.get('points');
  if (!points) throw new SyntaxError('there are no points');
  return {
    points: pointsIn(text, points.start),
    next: sliced(text, members.get('next_page_offset')),
  };
}

/** What is asked of each point. */
export interface Wanted {
  readonly payload: boolean;
  readonly vector: boolean | readonly string[];
  readonly filter?: object | undefined;
  readonly limit: number;
}

/** All points of a collection in the order of their ids, page by page. */
export async function* scrolled(
  client: QdrantClient,
  collection: string,
  { payload, vector, filter, limit }: Wanted,
): AsyncGenerator<readonly PointText[]> {
  const fixed = JSON.stringify({ limit, with_payload: payload, with_vector: vector, filter });
  let offset: string | undefined;
  do {
    // The id goes back as it came: a number may have more digits than ours.
    const body = offset === undefined ? fixed : `${fixed.slice(0, -1)},"offset":${offset}}`;
    const request: Request = { path: pathOf(collection, '/points/scroll'), body };
    const text = (await client.ask(request)) ?? gone(client.name, collection);
    const page = parsed(client.name, () => pageOf(text));
    yield page.points;
    offset = page.next;
  } while (offset !== undefined);
}

/** Points by their ids; those that are not there are left out. */
export async function pointsOf(
  client: QdrantClient,
  collection: string,
  ids: readonly string[],
  vector: boolean | readonly string[],
): Promise<Map<string, PointText>> {
  const fixed = JSON.stringify({ with_payload: true, with_vector: vector });
  const body = `${fixed.slice(0, -1)},"ids":[${ids.join(',')}]}`;
  const text =
    (await client.ask({ path: pathOf(collection, '/points'), body })) ??
    gone(client.name, collection);
  const points = parsed(client.name, () =>
    pointsIn(text, membersOf(text).get('result')?.start ?? -1),
  );
  return new Map(points.map((point) => [point.id, point]));
}

const LARGEST = 2n ** 64n - 1n;
const WHOLE = /^(?:0|[1-9]\d{0,19})$/;
const UUID =
  /^(?:urn:uuid:)?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i;

/** An id as JSON, as the server writes it; undefined where it is none that Qdrant takes. */
export function idText(value: string | number): string | undefined {
  // A float64 beyond 2⁵³ may stand for several whole numbers.
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined;
  const text = String(value);
  if (WHOLE.test(text) && BigInt(text) <= LARGEST) return text;
  const uuid = UUID.exec(text);
  return uuid ? `"${uuid.slice(1).join('-').toLowerCase()}"` : undefined;
}

/** Nine digits behind the point are the fewest that tell most values of float32 below 1 apart. */
const SCALE = 1e9;

/** Numbers of a row as JSON: short where that is the same float32, else in full. What is not finite is null. */
export function vectorText(row: Float32Array): string {
  const values = new Array<number>(row.length);
  for (let i = 0; i < row.length; i++) {
    const short = Math.round(row[i] * SCALE) / SCALE;
    values[i] = Math.fround(short) === row[i] ? short : row[i];
  }
  return JSON.stringify(values);
}
