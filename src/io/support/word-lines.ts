import { type ByteSource, refuse } from '../contract.ts';
import type { FormatId } from '../format-id.ts';
import type { VectorTable } from '../table.ts';
import { floats } from './memory.ts';
import { numberOf, parseFloat32 } from './numbers.ts';
import { isBlank, lineEnd, RETURN, SPACE, TAB, textOf, wholeLines } from './text.ts';
import type { TextBuffer } from './text-buffer.ts';

/** Lines of a label and d numbers, separated by spaces or tabs; some files have no labels. */
export interface LineShape {
  readonly cols: number;
  readonly labels: boolean;
}

const isGap = (byte: number): boolean => byte === SPACE || byte === TAB;

/** Where the text before `end` ends, trailing blanks left off. */
function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  while (last > start && (isGap(bytes[last - 1]) || bytes[last - 1] === RETURN)) last--;
  return last;
}

/** Number of words in a line, and how many at its end are numbers. */
function countedFields(line: Uint8Array): { fields: number; numbers: number; first: string } {
  let fields = 0;
  let numbers = 0;
  let unbroken = true;
  let first = '';
  for (let end = trimmedEnd(line, 0, line.length); end > 0; ) {
    let start = end;
    while (start > 0 && !isGap(line[start - 1])) start--;
    fields++;
    unbroken &&= parseFloat32(line, start, end) !== undefined;
    if (unbroken) numbers++;
    first = textOf(line, start, end);
    end = trimmedEnd(line, 0, start);
  }
  return { fields, numbers, first };
}

const isDecimal = (word: string): boolean => /[.e]/i.test(word) && numberOf(word) !== undefined;

/**
 * How many numbers a line has, from the first lines. Labels may contain spaces and look like
 * numbers, so the numbers are counted from the right and the smallest count holds. Lines of nothing
 * but decimal numbers (`numpy.savetxt`) have no labels.
 */
export function shapeOfLines(lines: readonly Uint8Array[]): LineShape | null {
  const counted = lines.map(countedFields);
  if (counted.length === 0) return null;
  if (counted.every(({ fields, numbers, first }) => numbers === fields && isDecimal(first))) {
    return { cols: Math.min(...counted.map(({ fields }) => fields)), labels: false };
  }
  const cols = Math.min(...counted.map(({ fields, numbers }) => Math.min(numbers, fields - 1)));
  return cols >= 1 ? { cols, labels: true } : null;
}

/** What to read, and how. */
export interface LinesPlan extends LineShape {
  readonly format: FormatId;
  /** Where the lines begin, and the number of the first one in the file, from 1. */
  readonly offset: number;
  readonly firstLine: number;
  readonly keepLabels: boolean;
}

/** Reads the numbers of one line from the right into `out[at…]`; returns where the label ends. */
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
    if (first === last) {
      return `${cols - 1 - c} numbers are there; ${cols} are expected`;
    }
    const value = parseFloat32(bytes, first, last);
    if (value === undefined) {
      const word = JSON.stringify(textOf(bytes, first, Math.min(last, first + 40)));
      return `${word} is not a number (column ${c + 1} of ${cols})`;
    }
    out[at + c] = value;
    last = first;
  }
  if (labels && last === start) return `the label is missing, or one of ${cols} numbers`;
  if (!labels && !isBlank(bytes, start, last)) return `more than ${cols} numbers are there`;
  return labels ? last - 1 : start;
}

/** The rows of `source` in blocks; lines of nothing but blanks are skipped. */
export async function* lineBlocks(
  source: ByteSource,
  plan: LinesPlan,
  rowsPerBlock: number,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const { cols, keepLabels } = plan;
  let line = plan.firstLine;
  let row = 0;
  let data: Float32Array = new Float32Array(0);
  let labels: string[] = [];
  const block = (): VectorTable => ({
    points: { data: data.subarray(0, row * cols), rows: row, cols },
    labels: keepLabels ? labels : undefined,
    source: { name: source.name, format: plan.format, dtype: 'text' },
  });
  for await (const bytes of wholeLines(source, plan.offset)) {
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
        if (typeof labelEnd === 'string') refuse(source, `line ${line}: ${labelEnd}.`);
        if (keepLabels) labels.push(textOf(bytes, start, labelEnd));
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
  const words = label.split(GAP).filter((word) => word !== '');
  const endsInNumber = words.length > 1 && numberOf(words[words.length - 1]) !== undefined;
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
