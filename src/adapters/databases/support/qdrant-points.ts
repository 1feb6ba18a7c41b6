import type { VectorTable } from '../../../io/table.ts';
import { whole, wholeDigits } from '../exact-json.ts';
import type { QdrantClient } from './qdrant-client.ts';
import { pathOf } from './qdrant-collection.ts';

export type PointId = number | string;
export type Payload = Readonly<Record<string, unknown>>;

/** A point as it comes. */
export interface Point {
  readonly id: PointId;
  readonly payload?: Payload | null;
  readonly vector?: unknown;
}

/** Makes points of blocks, some at a time, in the order of the rows. */
export type MakePoints = (
  block: VectorTable,
  from: number,
  to: number,
) => Promise<readonly Point[]>;

/** The column of the ids of points: where payloads have an `id` of their own, it keeps that name. */
export const [ID, POINT_ID] = ['id', 'point_id'];

/** Bytes of an answer or a request, about: a number of a vector is a text of some 20. */
const [BYTES, BYTES_A_NUMBER, BYTES_A_POINT, MOST_POINTS] = [2 ** 22, 20, 500, 1000];

/** Points that go over at a time. */
export const pointsAtOnce = (cols: number): number =>
  Math.max(1, Math.min(MOST_POINTS, Math.floor(BYTES / (BYTES_A_POINT + BYTES_A_NUMBER * cols))));

/** All points in the order of their ids, some at a time. */
export async function* scrolled(
  client: QdrantClient,
  collection: string,
  asks: object,
  atOnce: number,
): AsyncGenerator<readonly Point[]> {
  for (let offset: unknown = null; ; ) {
    const { points, next_page_offset: next } = (await client.ask(
      'POST',
      `${pathOf(collection)}/points/scroll`,
      { ...asks, limit: atOnce, offset },
    )) as { readonly points: readonly Point[]; readonly next_page_offset?: unknown };
    if (points.length > 0) yield points;
    if (next === null || next === undefined) return;
    offset = next;
  }
}

/** What kind a column is, by the values seen so far: whole numbers beyond 2⁵³ and mixed ones go as texts. */
export type Kind = 'number' | 'text' | 'bool' | 'json' | 'whole';

export function kindOf(value: unknown): Kind | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'object') return 'json';
  return wholeDigits(value) === undefined ? 'text' : 'whole';
}

/** The kind of values of two kinds. */
export function together(a: Kind | undefined, b: Kind | undefined): Kind | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  const isWhole = (own: Kind) => own === 'number' || own === 'whole';
  return isWhole(a) && isWhole(b) ? 'whole' : 'json';
}

/** A value as a text; what is missing is empty. A text among values of other kinds has its quotation marks. */
export function cellText(value: unknown, kind: Kind): string {
  if (value === null || value === undefined) return '';
  const digits = wholeDigits(value);
  if (digits !== undefined) return digits;
  if (kind === 'json') return JSON.stringify(value);
  return String(value as string | number | boolean);
}

/** The value that a text of a column of that kind stands for; undefined where it is missing. */
export function cellValue(text: string, kind: Kind | undefined): unknown {
  if (text === '') return undefined;
  if (kind === 'bool' && /^(?:true|false)$/.test(text)) return text === 'true';
  if ((kind === 'whole' || kind === 'number') && /^-?\d+$/.test(text)) return whole(text);
  if (kind !== 'json') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const UUID = /^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$/i;
const MOST_ID = 2n ** 64n - 1n;

/** The id of a point that a cell stands for; undefined where Qdrant could not have it. */
export function pointId(value: string | number): PointId | undefined {
  const text = String(value);
  if (/^\d{1,20}$/.test(text) && BigInt(text) <= MOST_ID) return whole(text);
  return UUID.test(text) ? text : undefined;
}

/** The same id as a text, however it is written. */
export const idText = (id: PointId): string =>
  wholeDigits(id) ?? String(id).replaceAll('-', '').toLowerCase();
