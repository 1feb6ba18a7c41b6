import { InputError } from '../../core/errors.ts';
import { isRecord } from '../described.ts';
import type { DType } from '../support/dtype.ts';

/** Element types that shards hold; both are read as float32. */
export const SHARD_DTYPES = ['f4', 'f2'] as const satisfies readonly DType[];
export type ShardDType = (typeof SHARD_DTYPES)[number];

/** An object that is named by the SHA-256 of its bytes. */
export interface NamedObject {
  readonly sha256: string;
  readonly bytes: number;
}

/** Some rows of a table: one block, row after row, little-endian. */
export interface Shard extends NamedObject {
  readonly rows: number;
  /** Labels and other columns of these rows. */
  readonly beside?: NamedObject | undefined;
}

/**
 * What a sharded table is made of. A manifest never changes: to append is to write the next one, which begins with the
 * same shards.
 */
export interface Manifest {
  readonly dtype: ShardDType;
  readonly rows: number;
  readonly cols: number;
  /** Name of the label's column, `true` where it has none, `false` without labels. */
  readonly labels: string | boolean;
  readonly columns: readonly string[];
  /** SHA-256 of the manifest before this one. */
  readonly parent?: string | undefined;
  readonly shards: readonly Shard[];
}

/** What a manifest says before all else. */
interface Head {
  readonly format?: unknown;
  readonly version?: unknown;
}

const FORMAT = 'tammes-shards';
const VERSION = 1;

/** Key of the n-th manifest, n ≥ 1. */
export const manifestKey = (n: number): string => `manifests/${String(n).padStart(8, '0')}.json`;

/** The number of a manifest by its key; undefined where the key is none. */
export function manifestNumber(key: string): number | undefined {
  const match = /^manifests\/(\d{8})\.json$/.exec(key);
  return match ? Number(match[1]) : undefined;
}

export const shardKey = ({ sha256 }: NamedObject, dtype: ShardDType): string =>
  `shards/${sha256}.${dtype}`;

/** Key of what lies beside the rows of a shard. */
export const besideKey = ({ sha256 }: NamedObject): string => `shards/${sha256}.columns`;

export function encodeManifest(manifest: Manifest): Uint8Array {
  const text = JSON.stringify({ format: FORMAT, version: VERSION, ...manifest }, null, 1);
  return new TextEncoder().encode(`${text}\n`);
}

/** Reads a manifest; refuses what is none, what is damaged, and what a newer version wrote, in a sentence. */
export function decodeManifest(bytes: Uint8Array, name: string): Manifest {
  let found: unknown;
  try {
    found = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new InputError(name, 'the manifest is not JSON.', { cause });
  }
  const { format, version, ...manifest } = (isRecord(found) ? found : {}) as Partial<Manifest> &
    Head;
  if (format !== FORMAT) {
    throw new InputError(name, `a manifest of a sharded table is expected (${FORMAT}).`);
  }
  if (version !== VERSION) {
    throw new InputError(
      name,
      `the manifest has version ${JSON.stringify(version)}; this Tammes reads version ${VERSION}.`,
    );
  }
  if (!isManifest(manifest)) throw new InputError(name, 'the manifest is damaged.');
  const rows = manifest.shards.reduce((sum, shard) => sum + shard.rows, 0);
  if (rows !== manifest.rows) {
    throw new InputError(
      name,
      `the manifest says ${manifest.rows} rows, and its shards have ${rows}.`,
    );
  }
  return manifest;
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0;

function isNamed(value: unknown): value is NamedObject {
  const { sha256, bytes } = (isRecord(value) ? value : {}) as Partial<NamedObject>;
  return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && isCount(bytes);
}

function isShard(value: unknown): value is Shard {
  if (!isNamed(value)) return false;
  const { rows, beside } = value as Partial<Shard>;
  return isCount(rows) && (beside === undefined || isNamed(beside));
}

function isManifest(value: Partial<Manifest>): value is Manifest {
  const { dtype, rows, cols, labels, columns, parent, shards } = value;
  return (
    SHARD_DTYPES.some((known) => known === dtype) &&
    isCount(rows) &&
    isCount(cols) &&
    (typeof labels === 'string' || typeof labels === 'boolean') &&
    Array.isArray(columns) &&
    columns.every((name) => typeof name === 'string') &&
    (parent === undefined || typeof parent === 'string') &&
    Array.isArray(shards) &&
    shards.length > 0 &&
    shards.every(isShard)
  );
}
