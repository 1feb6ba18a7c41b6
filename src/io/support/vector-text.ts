import type { DType } from './dtype.ts';
import { numberOf } from './numbers.ts';
import { bytesOfBase64, numbersOfBytes } from './vector-bytes.ts';

/** Numbers; or null for a missing vector; or why a cell is no vector, to go on from "the cell". */
export type Decoded = ArrayLike<number> | null | string;

/** Words for a missing value where all is text. */
const MISSING = /^(?:null|none|nan|n\/a|na|nil|undefined|<na>)?$/i;

const CALL = /^[A-Za-z_][\w.]*\s*\(\s*([[({].*[\])}])\s*((?:,\s*\w+\s*=[^=]*)*),?\s*\)$/s;
const SCALAR = /\b(?:np|numpy|torch|tf)\.(?:float|int|uint|double|half|bfloat)\w*\(([^()]*)\)/g;

const shown = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/**
 * The vector a text stands for: `[…]` as JSON, Python, NumPy (blanks between) and Postgres (`{…}`)
 * write it, also within `tensor(…)`; base64 of little-endian numbers; numbers with blanks, commas,
 * semicolons or bars between. What was cut off with three dots is no vector.
 */
export function vectorOfText(text: string, dtype: DType | undefined): Decoded {
  const trimmed = text.trim();
  if (MISSING.test(trimmed)) return null;
  if (/\.\.\.|…/.test(trimmed) && /^(?:[[({]|[A-Za-z_][\w.]*\()/.test(trimmed)) {
    return 'is cut off by "...": the numbers between are not in the file; write them in full';
  }
  const inner = trimmed.replace(SCALAR, '$1');
  const bare = CALL.exec(inner)?.[1] ?? inner;
  const sparse = /^\{([^{}]*)\}\s*\/\s*(\d+)$/.exec(bare);
  if (sparse) return sparseOfText(sparse[1], Number(sparse[2]));
  if (/^[[({]/.test(bare)) return listOfText(bare);
  const bytes = bytesOfBase64(bare);
  if (bytes && numberOf(bare) === undefined) {
    const numbers = numbersOfBytes(bytes, dtype);
    if (typeof numbers !== 'string') return numbers;
    return `holds text, not numbers (${shown(trimmed)}); as base64 it ${numbers}`;
  }
  return numbersBetween(bare) ?? `holds text, not numbers (${shown(trimmed)})`;
}

const BRACKETED =
  /^\s*(?:[A-Za-z_.]*(?:tensor|array)\s*\(\s*)?\[+\s*(?:[-+]?\.?\d|[-+]?(?:nan|inf)\b)[^[\]{}"]*[\])\s]+$/i;

/** Whether brackets alone show that a text is meant as a vector, cut off or not. */
export function isBracketed(text: string): boolean {
  return BRACKETED.test(text);
}

/** Whether it is such a text of which the middle is missing. */
export function isElided(text: string): boolean {
  return isBracketed(text) && /\.\.\.|…/.test(text);
}

/** A list in brackets, however many pairs stand around it. */
function listOfText(text: string): Decoded {
  const [list, ...more] = text.match(/[[({][^[\](){}]*[\])}]/g) ?? [];
  if (more.length > 0) return `holds ${more.length + 1} lists of numbers; one vector is expected`;
  if (list === undefined || !/^[\s[\](){}]*$/.test(text.replace(list, ''))) {
    return `holds text, not a list of numbers (${shown(text)})`;
  }
  const inside = list.slice(1, -1).trim();
  return inside === '' ? 'is an empty list' : numbersOf(inside);
}

/** Numbers with commas between, or with blanks only; nothing between two commas is a gap. */
function numbersOf(inside: string): Decoded {
  const parts = inside.includes(',') ? inside.replace(/,\s*$/, '').split(',') : inside.split(/\s+/);
  if (parts.every((part) => /^\s*(?:null|none)\s*$/i.test(part))) return null;
  const numbers = new Float64Array(parts.length);
  for (const [i, part] of parts.entries()) {
    const word = part.trim().replace(/^"([^"]*)"$/, '$1');
    const value = numberOf(word) ?? (/^(?:null|none)$/i.test(word) ? Number.NaN : undefined);
    if (value === undefined) return `has ${shown(part.trim())} at number ${i + 1} of its list`;
    numbers[i] = value;
  }
  return numbers;
}

/** At least two numbers with the same sign between all of them. */
function numbersBetween(text: string): ArrayLike<number> | undefined {
  for (const separator of [/\s*,\s*/, /\s*;\s*/, /\s*\|\s*/, /\s+/]) {
    const parts = text.split(separator);
    if (parts.length < 2) continue;
    const numbers = parts.map(numberOf);
    if (numbers.every((x) => x !== undefined)) return numbers;
  }
  return undefined;
}

/** pgvector's sparse text: `{1:0.5,3:2}/5`, counted from 1. */
function sparseOfText(inside: string, size: number): ArrayLike<number> | string {
  if (size < 1 || size > 1 << 24) return `is a sparse vector of ${size} numbers`;
  const numbers = new Float64Array(size);
  for (const entry of inside.split(',').filter((part) => part.trim() !== '')) {
    const [, index, value] = /^\s*(\d+)\s*:\s*(\S+)\s*$/.exec(entry) ?? [];
    const number = value === undefined ? undefined : numberOf(value);
    if (number === undefined || Number(index) < 1 || Number(index) > size) {
      return `has ${shown(entry.trim())} in its sparse vector of ${size}`;
    }
    numbers[Number(index) - 1] = number;
  }
  return numbers;
}
