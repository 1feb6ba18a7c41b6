import { counted } from '../../core/text.ts';
import { type ByteSource, refuse } from '../contract.ts';
import type { FormatId } from '../format-id.ts';
import type { VectorTable } from '../table.ts';
import { type Decode, NOT_UTF8 } from './encoding.ts';
import {
  decimalsOf,
  isDecimal,
  isGap,
  type LineShape,
  trimmedEnd,
  wordStart,
} from './line-shape.ts';
import { floats } from './memory.ts';
import { numberOf, parseFloat32 } from './numbers.ts';
import { isBlank, lineEnd, NEWLINE, SPACE, textOf, wholeLines } from './text.ts';
import type { TextBuffer } from './text-buffer.ts';

/** What to read, and how. */
export interface LinesPlan extends LineShape {
  readonly format: FormatId;
  /** Where the lines begin, and the number of the first one in the file, from 1. */
  readonly offset: number;
  readonly firstLine: number;
  readonly keepLabels: boolean;
  readonly decode: Decode;
  /** Digits behind the point, where every number has as many. */
  readonly decimals?: number | undefined;
}

const numberAt = (bytes: Uint8Array, start: number, end: number): boolean =>
  parseFloat32(bytes, start, end) !== undefined;

/** How many words a line has. */
function countedWords(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let last = trimmedEnd(bytes, start, end); last > start; count++) {
    last = trimmedEnd(bytes, start, wordStart(bytes, start, last));
  }
  return count;
}

/**
 * Reads the numbers of one line from the right into `out[at…]`; returns where the label ends, or
 * what is wrong with the line.
 */
function readRow(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Float32Array,
  at: number,
  { cols, labels }: LineShape,
): number | string {
  let last = end;
  for (let c = cols - 1; c >= 0; c--) {
    last = trimmedEnd(bytes, start, last);
    let first = last;
    while (first > start && !isGap(bytes[first - 1])) first--;
    const value = first === last ? undefined : parseFloat32(bytes, first, last);
    if (value === undefined) return countTrouble(bytes, start, end, first, last, c, cols, labels);
    out[at + c] = value;
    last = first;
  }
  if (!labels) {
    if (isBlank(bytes, start, last)) return start;
    return ` has more than ${counted(cols, 'number')}`;
  }
  if (last === start)
    return ` has ${counted(cols - 1, 'number')} behind the first word; ${cols} are expected`;
  return labelEndOf(bytes, start, last, end, cols);
}

/** What is wrong with a line where number c of `cols` is missing or no number. */
function countTrouble(
  bytes: Uint8Array,
  start: number,
  end: number,
  first: number,
  last: number,
  c: number,
  cols: number,
  labels: boolean,
): string {
  const expected = labels ? cols + 1 : cols;
  if (first === last || countedWords(bytes, start, end) < expected) {
    const there = cols - 1 - c - (first === last && labels ? 1 : 0);
    return ` has ${counted(Math.max(0, there), 'number')}; ${cols} are expected`;
  }
  const word = JSON.stringify(textOf(bytes, first, Math.min(last, first + 40)));
  return `: ${word} is not a number (column ${c + 1} of ${cols})`;
}

/**
 * Where the label ends that stands before a row's numbers, or what is wrong with it: words and a
 * number ("top 10") could be a label or a number too many. They are a label where that number is
 * whole and those of the vector are not.
 */
function labelEndOf(
  bytes: Uint8Array,
  start: number,
  numbers: number,
  end: number,
  cols: number,
): number | string {
  const labelEnd = numbers - 1;
  const last = trimmedEnd(bytes, start, labelEnd);
  const first = wordStart(bytes, start, last);
  if (first === start) return labelEnd;
  // A label with as many decimals as a vector is a row whose line break is lost.
  const words = textOf(bytes, start, last).split(GAPS);
  const decimals = words.filter(isDecimal).length;
  if (cols > 1 && decimals >= cols) return ` has ${decimals + cols} numbers; ${cols} are expected`;
  if (first === last || !numberAt(bytes, first, last)) return labelEnd;
  if (/^\d+$/.test(textOf(bytes, first, last)) && areDecimals(bytes, numbers, end)) return labelEnd;
  return ` has ${cols + 1} numbers; ${cols} are expected`;
}

function areDecimals(bytes: Uint8Array, start: number, end: number): boolean {
  const words = textOf(bytes, start, trimmedEnd(bytes, start, end)).split(GAPS);
  return words.every((word) => !/^[+-]?\d+$/.test(word));
}

const GAPS = /[ \t]+/;

const CUT = 'the file seems to be cut off';

/** Whether the last number of the text before `end` has fewer digits than those of the file. */
function lacksDigits(bytes: Uint8Array, start: number, end: number, decimals: number): boolean {
  const last = trimmedEnd(bytes, start, end);
  return decimalsOf(textOf(bytes, wordStart(bytes, start, last), last)) !== decimals;
}

/** The rows of `source` in blocks; lines of nothing but blanks are skipped. */
export async function* lineBlocks(
  source: ByteSource,
  plan: LinesPlan,
  rowsPerBlock: number,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const { cols, keepLabels, decode, decimals } = plan;
  let line = plan.firstLine;
  let row = 0;
  let at = plan.offset;
  let data: Float32Array = new Float32Array(0);
  let labels: string[] = [];
  const block = (): VectorTable => ({
    points: { data: data.subarray(0, row * cols), rows: row, cols },
    labels: keepLabels ? labels : undefined,
    source: { name: source.name, format: plan.format, dtype: 'text' },
  });
  for await (const bytes of wholeLines(source, plan.offset)) {
    at += bytes.length;
    // Only the last line of a file can lack its line break.
    const isCut = at === source.size && bytes[bytes.length - 1] !== NEWLINE;
    for (let start = 0; start < bytes.length; line++) {
      const end = lineEnd(bytes, start);
      if (!isBlank(bytes, start, end)) {
        if (row === 0) {
          // A number takes a digit and a separator, so the file itself bounds what it can hold.
          const most = Math.ceil(source.size / (2 * cols)) + 1;
          data = floats(Math.min(rowsPerBlock, most) * cols, source.name, shared);
          labels = [];
        }
        const labelEnd = readRow(bytes, start, end, data, row * cols, plan);
        const isLast = isCut && end === bytes.length;
        if (typeof labelEnd === 'string') {
          refuse(source, `line ${line}${labelEnd}${isLast ? `; ${CUT}` : ''}.`);
        }
        if (isLast && decimals !== undefined && lacksDigits(bytes, start, end, decimals)) {
          refuse(
            source,
            `line ${line} ends in a number that has not ${decimals} decimals as all others; ${CUT}.`,
          );
        }
        if (keepLabels) {
          const label = decode(bytes, start, labelEnd);
          if (label === undefined) refuse(source, `the label of line ${line} ${NOT_UTF8}.`);
          labels.push(label);
        }
        if (++row === rowsPerBlock) {
          yield block();
          row = 0;
        }
      }
      start = end + 1;
    }
  }
  if (row > 0) yield block();
}

const GAP = /[ \t]/;

/** Why a label cannot stand before numbers in a line and be read again, or null. */
export function labelTrouble(label: string): string | null {
  if (/[\n\r\0]/.test(label)) return 'has a line break or a zero character';
  if (label.trim() === '') return 'is blank';
  const words = label.split(GAP);
  const there = words.filter((word) => word !== '');
  const endsInNumber =
    words[0] !== there[there.length - 1] && numberOf(there[there.length - 1]) !== undefined;
  return endsInNumber ? 'has words and ends in a number' : null;
}

/** Appends the lines of `block`, label first; rows without labels are numbered from `firstRow`. */
export function appendLines(
  out: TextBuffer,
  name: string,
  block: VectorTable,
  firstRow: number,
): void {
  const { data, rows: n, cols: d } = block.points;
  for (let i = 0; i < n; i++) {
    const label = block.labels?.[i] ?? String(firstRow + i);
    const trouble = labelTrouble(label);
    if (trouble) {
      refuse(
        { name },
        `the label ${JSON.stringify(label.slice(0, 60))} of row ${firstRow + i + 1} ${trouble}, which this text format cannot hold; use csv, jsonl or parquet.`,
      );
    }
    out.text(label);
    for (let c = 0; c < d; c++) {
      out.byte(SPACE);
      out.float32(data[i * d + c]);
    }
    out.newline();
  }
}

/** Whether a label would be taken for the first number of a line without label. */
export function looksLikeNumber(label: string): boolean {
  return isDecimal(label);
}
