import type { VectorTable } from '../../../io/index.ts';
import { sha256 } from './digest.ts';
import { fieldsOf } from './fields.ts';
import type { StudioTable } from './state.ts';

/** A table that was read, and what it is known by in a recipe. */
export interface OpenedFile {
  /** The file's name, as it was given. */
  readonly name: string;
  readonly table: VectorTable;
  /**
   * SHA-256 of the points as float32, row by row, little-endian: the same vectors in another format are the same file.
   * Labels and columns don't count; a step that uses them has a digest of its own.
   */
  readonly sha256: string;
}

/** A table as a file, with the hash of its points. */
export async function openedFile(name: string, table: VectorTable): Promise<OpenedFile> {
  const { buffer, byteOffset, byteLength } = table.points.data;
  return {
    name,
    table,
    sha256: await sha256([new Uint8Array(buffer, byteOffset, byteLength)]),
  };
}

/** A file as a table of the session. */
export function studioTable(id: string, { name, table, sha256: hash }: OpenedFile): StudioTable {
  return { id, name, sha256: hash, table, fields: fieldsOf(table) };
}

const LETTERS = 26;

/** `a`, `b`, …, `z`, `aa`, …: the id of the file that was opened after so many others. */
export function idOfFile(before: number): string {
  const last = String.fromCharCode('a'.charCodeAt(0) + (before % LETTERS));
  return before < LETTERS ? last : idOfFile(Math.floor(before / LETTERS) - 1) + last;
}
