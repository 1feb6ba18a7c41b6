import { BIG } from './contract.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Point {
  readonly id: number | string;
  readonly vector: unknown;
  readonly payload: Json | null;
}

export interface Collection {
  readonly made: Json;
  readonly points: Map<number | string, Point>;
  readonly indexes: Record<string, unknown>;
}

/** What is answered in place of a result. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

export function described({ made, points, indexes }: Collection): Json {
  const { vectors = {}, sparse_vectors, hnsw_config, optimizers_config, strict_mode_config } = made;
  return {
    status: 'green',
    optimizer_status: 'ok',
    points_count: points.size,
    segments_count: 2,
    payload_schema: indexes,
    config: {
      params: {
        vectors,
        shard_number: 1,
        replication_factor: 1,
        on_disk_payload: true,
        ...(sparse_vectors ? { sparse_vectors } : {}),
      },
      hnsw_config: {
        m: 16,
        ef_construct: 100,
        full_scan_threshold: 10_000,
        ...(hnsw_config as Json),
      },
      optimizer_config: {
        default_segment_number: 0,
        flush_interval_sec: 5,
        ...(optimizers_config as Json),
      },
      wal_config: { wal_capacity_mb: 32, wal_segments_ahead: 0 },
      ...(strict_mode_config ? { strict_mode_config } : {}),
    },
  };
}

interface Params {
  readonly size: number;
  readonly distance: string;
}

function paramsOf({ made }: Collection): Readonly<Record<string, Params>> {
  const { vectors = {} } = made as { vectors?: Params | Record<string, Params> };
  return 'size' in vectors && typeof vectors.size === 'number'
    ? { '': vectors as Params }
    : (vectors as Record<string, Params>);
}

export function put(collection: Collection, point: Point): void {
  const params = paramsOf(collection);
  const kept = (name: string, value: unknown): unknown => {
    const own = params[name];
    if (!own) {
      const { sparse_vectors: sparse = {} } = collection.made as { sparse_vectors?: Json };
      if (Object.hasOwn(sparse, name)) return value;
      throw new Refusal(400, `Wrong input: Not existing vector name error: ${name}`);
    }
    const values = (value as readonly unknown[]).map((x) => Number(String(x).replace(BIG, '')));
    if (values.length !== own.size)
      throw new Refusal(
        400,
        `Wrong input: Vector dimension error: expected dim: ${own.size}, got ${values.length}`,
      );
    const single = Float32Array.from(values);
    const length = Math.fround(Math.sqrt(single.reduce((sum, x) => Math.fround(sum + x * x), 0)));
    const isKept = own.distance !== 'Cosine' || length === 0 || Math.abs(length - 1) < 1e-6;
    const all = isKept ? single : single.map((x) => x / length);
    return Array.from(all, (x) => Number(x.toPrecision(9)));
  };
  const vector = Array.isArray(point.vector)
    ? kept('', point.vector)
    : Object.fromEntries(
        Object.entries(point.vector as Json).map(([name, own]) => [name, kept(name, own)]),
      );
  collection.points.set(point.id, { id: point.id, vector, payload: point.payload ?? null });
}

const isNumber = (id: string | number): boolean => typeof id === 'number' || id.startsWith(BIG);
const wholeOf = (id: string | number): bigint => BigInt(String(id).replace(BIG, ''));

/** Numbers before UUIDs. */
export function compared(a: string | number, b: string | number): number {
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  if (isNumber(a)) return wholeOf(a) < wholeOf(b) ? -1 : wholeOf(a) > wholeOf(b) ? 1 : 0;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The points that a filter takes, in order. */
export function chosen({ points }: Collection, body: Json): Point[] {
  const filter = body['filter'] as { must_not?: readonly { has_vector: string }[] } | undefined;
  const name = filter?.must_not?.[0]?.has_vector;
  const has = ({ vector }: Point): boolean =>
    Array.isArray(vector) ? name === '' : Object.hasOwn(vector as Json, name ?? '');
  return [...points.values()]
    .filter((point) => name === undefined || !has(point))
    .toSorted((a, b) => compared(a.id, b.id));
}

export function shown({ id, vector, payload }: Point, body: Json): Json {
  const wanted = body['with_vector'];
  const names = Array.isArray(wanted) ? (wanted as string[]) : undefined;
  const some = names
    ? Object.fromEntries(Object.entries(vector as Json).filter(([name]) => names.includes(name)))
    : wanted === true
      ? vector
      : undefined;
  const told = body['with_payload'] === false ? {} : { payload: payload ?? {} };
  return { id, ...told, ...(some === undefined ? {} : { vector: some }) };
}
