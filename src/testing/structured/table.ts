import type { ReadOptions } from '../../io/index.ts';
import type { Choice } from './choice.ts';

/** A table as it should be read. */
export interface Expected {
  readonly points: readonly (readonly number[])[];
  /** Left out where the choice of the label is not what is tested. */
  readonly labels?: readonly string[] | undefined;
}

/** A file, and what is right to make of it. */
export interface StructuredCase {
  /** The format and what is unusual, for a message. */
  readonly what: string;
  readonly bytes: Uint8Array;
  readonly options: ReadOptions;
  /** Null where no table is right, and only a refusal is. */
  readonly expected: Expected | null;
  /** Whether a refusal would be a fault as well. */
  readonly isRead: boolean;
}

/** Values that every float type of 16 bits and more holds exactly. */
export function value(choice: Choice): number {
  return choice.whole(-128, 128) / 8;
}

export interface Table {
  readonly points: number[][];
  readonly ids: readonly (string | bigint)[];
  /** Words that repeat, where there are three rows and more. */
  readonly categories: readonly string[];
  /** Numbers that are no coordinates. */
  readonly counts: readonly number[];
}

/** Ids of one kind, all different; those of 64 bits would be one if they were rounded. */
export function ids(choice: Choice, rows: number): (string | bigint)[] {
  const kind = choice.of(['word', 'small', 'long', 'longest'] as const);
  const first = { small: 0n, long: 1234567890123456780n, longest: 9223372036854775000n };
  return Array.from({ length: rows }, (_, i) =>
    kind === 'word' ? `doc-${i * 7}` : first[kind] + BigInt(rows - i),
  );
}

export function table(choice: Choice): Table {
  const rows = choice.whole(3, 9);
  const cols = choice.whole(2, 6);
  return {
    points: Array.from({ length: rows }, () => Array.from({ length: cols }, () => value(choice))),
    ids: ids(choice, rows),
    categories: Array.from({ length: rows }, (_, i) => ['en', 'de'][i % 2]),
    counts: Array.from({ length: rows }, (_, i) => 10 + i),
  };
}

export const VECTOR_NAMES = ['embedding', 'vector', 'emb', 'embeddings', 'text_embedding'];

/** Bytes one after the other. */
export function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Numbers as bytes; `half` writes the upper 16 bits of a float32, which bfloat16 is. */
export function numberBytes(
  numbers: readonly (number | bigint)[],
  type: 'f4' | 'f8' | 'bf16' | 'i8',
  little = true,
): Uint8Array {
  const size = { f4: 4, f8: 8, bf16: 2, i8: 8 }[type];
  const view = new DataView(new ArrayBuffer(size * numbers.length));
  for (const [i, x] of numbers.entries()) {
    if (type === 'f4') view.setFloat32(4 * i, Number(x), little);
    else if (type === 'f8') view.setFloat64(8 * i, Number(x), little);
    else if (type === 'i8') view.setBigInt64(8 * i, BigInt(x), little);
    else {
      const bits = new DataView(new ArrayBuffer(4));
      bits.setFloat32(0, Number(x));
      view.setUint16(2 * i, bits.getUint16(0), little);
    }
  }
  return new Uint8Array(view.buffer);
}
