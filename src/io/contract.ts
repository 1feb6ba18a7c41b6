import { InputError } from '../core/errors.ts';
import type { FormatId } from './format-id.ts';
import type { S3Settings } from './s3.ts';
import type { DType } from './support/dtype.ts';
import type { Encoding } from './support/encoding-names.ts';
import type { VectorTable } from './table.ts';

/**
 * Where bytes come from: a path or file URL (Node), `-` for standard input, a URL to fetch (browser), a `File` or
 * `Blob`, or bytes in memory.
 */
export type Source = string | URL | Uint8Array | ArrayBuffer | Blob;

/**
 * Where one table comes from: a file; in Node also a folder of files or a pattern such as `part-*.parquet`, whose
 * files follow one another in the natural order of their names; or a list of files, in its own order.
 */
export type Sources = Source | readonly Source[];

/** Ways of packing a whole file that are unpacked while reading. */
export type Compression = 'gzip' | 'zstd';

/** Bytes that can be read at any place, whatever holds them. */
export interface ByteSource {
  /** The path or file name, for messages and for the extension; `bytes` where there is none. */
  readonly name: string;
  readonly size: number;
  /** How the file itself is packed, and its own size, where these are the unpacked bytes. */
  readonly packed?: { readonly by: Compression; readonly bytes: number } | undefined;
  /** Fills `into` with the bytes from `offset` on; refuses when the source ends before. */
  readInto(offset: number, into: Uint8Array): Promise<void>;
  /** `length` bytes from `offset` on; may be a view of the source's own memory, not to be changed. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** SHA-256 of bytes that come one after another; they stay as they are until it is told. */
export interface ContentHasher {
  update(bytes: Uint8Array): void;
  /** 64 hexadecimal digits. */
  digest(): Promise<string>;
}

/** Where bytes go. Nothing shows under the target's name before `commit`. */
export interface Output {
  /** Bytes written so far. */
  readonly position: number;
  write(bytes: Uint8Array): Promise<void>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** What a caller may say about a file that does not say it itself. */
export interface ReadOptions {
  /** Id of the format; left out, the content decides. */
  readonly format?: FormatId | undefined;
  /** Which column, field or tensor is the vector; several names: one number from each. */
  readonly vector?: string | readonly string[] | undefined;
  /** Which column or field is the label; `false` for none. */
  readonly label?: string | false | undefined;
  /** Labels from a text file of their own, one a line, as `writeLabels` writes it. */
  readonly labelsFrom?: Source | undefined;
  /**
   * A table with one row for each vector (CSV, TSV, JSON lines or Parquet): joined by the column that has the labels,
   * else by place where there are as many rows. Its columns travel with the rows.
   */
  readonly metadata?: Source | undefined;
  /** Gets a sentence for whatever was settled without being asked for: how metadata were joined, what was left out. */
  readonly onRemark?: ((sentence: string) => void) | undefined;
  /** Type of the numbers in vectors that are bytes (base64, binary); left out, float32 where that gives numbers. */
  readonly base64?: DType | undefined;
  /** Separator of a CSV file, one character; left out, the content decides. */
  readonly delimiter?: string | undefined;
  /** `false` where quotation marks in a CSV file are ordinary characters. */
  readonly quotes?: boolean | undefined;
  /** Whether a CSV file begins with a line of names; left out, the content decides. */
  readonly header?: boolean | undefined;
  /** Encoding of a text file or of its labels; left out, UTF-8, or UTF-16 where its mark says so. */
  readonly encoding?: Encoding | undefined;
  /** How a bucket of S3 is reached; left out, the environment says it. */
  readonly s3?: S3Settings | undefined;
  /** Kinds of files that are read besides the formats, looked for first. */
  readonly also?: readonly OtherFormat[] | undefined;
  /** Databases whose addresses are read as files are. */
  readonly places?: readonly TablePlace[] | undefined;
}

/** A kind of file that only a floor above can read. */
export interface OtherFormat {
  recognizes(head: Uint8Array): boolean;
  open(source: ByteSource, options: ReadOptions): Promise<Reader>;
}

/** What holds tables that are no files. */
export type DatabaseId = 'lance' | 'postgres' | 'qdrant';

/** A database whose tables are read and written under addresses; only a floor above can reach it. */
export interface TablePlace {
  readonly id: DatabaseId;
  /** Whether this is an address of its kind. */
  recognizes(address: string): boolean;
  open(address: string, options: ReadOptions): Promise<Opened>;
  /** Refuses an address that could not be written, before anything is computed; changes nothing. */
  claim(address: string): Promise<void>;
  /** Refuses rows that it could not take, before any come. */
  create(address: string, coming: ComingRows): Promise<TableOutput>;
}

/** What is known of rows before they come. */
export interface ComingRows {
  readonly rows: number;
  readonly cols: number;
  readonly dtype?: DType | undefined;
}

/** Takes blocks of rows. Nothing shows in the database before `finish`, which is all or nothing. */
export interface TableOutput {
  /** The address, without a password. */
  readonly name: string;
  append(block: VectorTable): Promise<void>;
  /** Sentences on what was settled without being asked for. */
  finish(): Promise<readonly string[]>;
  discard(): Promise<void>;
}

/** What a file says about itself. */
export interface VectorFileInfo {
  /**
   * `dataset` where it is a set that Tammes ships, and no file; `store` where it is a file of coded vectors; `shards`
   * where it is a sharded table; else a database.
   */
  readonly format: FormatId | 'dataset' | 'store' | 'shards' | DatabaseId;
  readonly rows: number;
  readonly cols: number;
  /** Element type in the file; text formats say `text`. */
  readonly dtype: DType | 'text';
  /** How the numbers are packed, where they are not stored as they are; `dtype` is what comes out. */
  readonly encoding?: string | undefined;
  /** Size of the whole file, of all files together where there are several. */
  readonly bytes: number;
  /** How the file is packed. */
  readonly compression?: Compression | undefined;
  /** Number of the newest manifest, where it is a sharded table. */
  readonly manifest?: number | undefined;
  /** Names of the files, in the order of their rows, where several are one table. */
  readonly files?: readonly string[] | undefined;
  /** Name of the vector's column, field or tensor, where it has one. */
  readonly vector?: string | readonly string[] | undefined;
  /** Name of the label's column, `true` where the format has labels without a name. */
  readonly labels: string | boolean;
  /** Names of the other columns that travel with the rows. */
  readonly columns: readonly string[];
  /** `F` where the file stores column after column. */
  readonly order?: 'C' | 'F' | undefined;
  /** Byte order, where it is not little-endian. */
  readonly bigEndian?: boolean | undefined;
  /** Other arrays in the same file, with shape and type in words. */
  readonly others?: readonly string[] | undefined;
}

/** An open file of one format. */
export interface Reader {
  info(): Promise<VectorFileInfo>;
  /**
   * The rows in order, `rowsPerBlock` at a time (the last block may be shorter). Each block has its
   * own memory. Asking for all rows gives one block, read in one copy where the format allows.
   * `shared`: in memory that threads can share. The garbage collector does not count such memory, so
   * it is for one block that stays, not for blocks that come and go.
   */
  blocks(rowsPerBlock: number, shared: boolean): AsyncGenerator<VectorTable>;
}

/** A table of vectors that can be read, wherever its bytes lie. */
export interface Opened {
  readonly name: string;
  /** Bytes to read, unpacked. */
  readonly size: number;
  readonly reader: Reader;
  close(): Promise<void>;
}

export interface WriterOptions {
  /** One of the format's `dtypes`; left out, its first. */
  readonly dtype?: DType | undefined;
  /** Number of rows to come, all blocks together. */
  readonly rows: number;
}

/** Takes blocks of rows, at least one, all with the same columns; `finish` ends the file. */
export interface Writer {
  append(block: VectorTable): Promise<void>;
  finish(): Promise<void>;
}

/** One file format. */
export interface Format {
  readonly id: FormatId;
  readonly title: string;
  /** With the dot, lower case, the usual one first. */
  readonly extensions: readonly string[];
  /** Element types it writes, the default first; empty for text, and where it is read only. */
  readonly dtypes: readonly DType[];
  readonly keeps: { readonly labels: boolean; readonly columns: boolean };
  /** Whether rows beyond memory can be read and written block by block. */
  readonly streams: { readonly read: boolean; readonly write: boolean };
  /** What the first bytes should be, to tell a user whose file is something else. */
  readonly startsWith: string;
  /** How sure the first bytes make us: 0 not this format, 1 a magic number. */
  recognizes(head: Uint8Array, name: string, size: number): number;
  open(source: ByteSource, options: ReadOptions): Promise<Reader>;
  /** Left out where the format is read only. */
  create?(output: Output, name: string, options: WriterOptions): Writer | Promise<Writer>;
}

/** A format that can be written. */
export type WritableFormat = Format & Required<Pick<Format, 'create'>>;

/** Refuses `source` with one sentence. */
export function refuse(
  source: { readonly name: string },
  sentence: string,
  cause?: unknown,
): never {
  throw new InputError(source.name, sentence, cause === undefined ? undefined : { cause });
}

/** What the name of a packed file ends in, behind the extension of its format. */
export const PACKED = /\.(gz|zst)$/i;

/** Whether the format can be written. */
export function isWritable(format: Format): format is WritableFormat {
  return format.create !== undefined;
}

/** Whether a name ends in one of the extensions; how the file is packed does not count. */
export function endsIn(name: string, extensions: readonly string[]): boolean {
  const lower = name.replace(PACKED, '').toLowerCase();
  return extensions.some((extension) => lower.endsWith(extension));
}
