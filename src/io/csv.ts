import {
  type ByteSource,
  endsIn,
  type Format,
  type FormatId,
  type Reader,
  type ReadOptions,
  refuse,
} from './contract.ts';
import {
  guessedDelimiter,
  type Layout,
  LONGEST_RECORD,
  layoutOf,
  listInto,
  sampleOf,
} from './shared/csv-layout.ts';
import { floats } from './shared/memory.ts';
import { numberOf, parseFloat32 } from './shared/numbers.ts';
import {
  type Fields,
  fieldText,
  INCOMPLETE,
  isEmptyRecord,
  newFields,
  STRAY,
  splitRecord,
} from './shared/records.ts';
import { requireDistinct } from './shared/select.ts';
import { byteOrderMark, lineEnd, looksLikeText, RETURN, SPACE, wholeLines } from './shared/text.ts';
import { TextBuffer } from './shared/text-buffer.ts';
import type { VectorTable } from './table.ts';

/** Bytes of text taken at a time. */
const CHUNK = 1 << 22;

const QUOTE = 0x22;

/**
 * The records in pieces of the file: its bytes, and a function that gives the fields of the next
 * record in them, or null when the piece is used up. Empty lines are passed over.
 */
async function* records(
  source: ByteSource,
  { dialect, offset }: Layout,
): AsyncGenerator<readonly [bytes: Uint8Array, take: () => Fields | null]> {
  const fields = newFields();
  let row = 0;
  let length = CHUNK;
  for (let base = offset; base < source.size; ) {
    const bytes = await source.read(base, Math.min(length, source.size - base));
    const isLast = base + bytes.length === source.size;
    let at = 0;
    const take = (): Fields | null => {
      while (at < bytes.length) {
        const next = splitRecord(bytes, at, isLast, dialect, fields);
        if (next === INCOMPLETE) return null;
        if (next === STRAY) {
          refuse(source, `row ${row + 1} has something behind a closing quotation mark.`);
        }
        at = next;
        if (isEmptyRecord(fields)) continue;
        row++;
        return fields;
      }
      return null;
    };
    yield [bytes, take];
    if (at === 0) {
      if (isLast) refuse(source, `row ${row + 1} has a quotation mark that is not closed.`);
      length *= 2;
      if (length > LONGEST_RECORD) {
        refuse(source, `row ${row + 1} has no end; a quotation mark may be left open.`);
      }
    } else {
      if (isLast && at < bytes.length) {
        refuse(source, `row ${row + 1} has a quotation mark that is not closed.`);
      }
      base += at;
      length = CHUNK;
    }
  }
}

/** Number of records; where no quotation mark is in the file, lines are. */
async function countedRows(source: ByteSource, layout: Layout): Promise<number> {
  const lines = await countedPlainLines(source, layout);
  if (lines !== null) return lines;
  let count = 0;
  for await (const [, take] of records(source, layout)) while (take()) count++;
  return count;
}

/** Number of lines that are not empty, or null where a quotation mark makes lines uncertain. */
async function countedPlainLines(
  source: ByteSource,
  { offset, dialect }: Layout,
): Promise<number | null> {
  let count = 0;
  for await (const bytes of wholeLines(source, offset)) {
    if (dialect.quotes && bytes.includes(QUOTE)) return null;
    for (let start = 0; start < bytes.length; ) {
      const end = lineEnd(bytes, start);
      const length = end - start;
      if (length > 1 || (length === 1 && bytes[start] !== RETURN)) count++;
      start = end + 1;
    }
  }
  return count;
}

/** The numbers of one record into `out[at…]`. */
function vectorInto(
  source: ByteSource,
  layout: Layout,
  bytes: Uint8Array,
  { count, starts, ends }: Fields,
  out: Float32Array,
  at: number,
  row: number,
): void {
  const { selection, names, width, cols } = layout;
  if (count !== width) refuse(source, `row ${row} has ${count} fields; ${width} are expected.`);
  if (selection.isList) {
    const [i] = selection.vector;
    const found = listInto(bytes, starts[i], ends[i], out, at, cols);
    if (found === cols) return;
    refuse(
      source,
      `row ${row}, column ${JSON.stringify(names[i])} is not a list of ${cols} numbers.`,
    );
  }
  for (let c = 0; c < cols; c++) {
    const i = selection.vector[c];
    let [start, end] = [starts[i], ends[i]];
    while (start < end && bytes[start] === SPACE) start++;
    while (end > start && bytes[end - 1] === SPACE) end--;
    const value = parseFloat32(bytes, start, end);
    if (value === undefined) {
      const text = JSON.stringify(
        new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 40))),
      );
      const what = start === end ? 'is empty' : `is ${text}`;
      refuse(
        source,
        `row ${row}, column ${JSON.stringify(names[i])} ${what}; a number is expected.`,
      );
    }
    out[at + c] = value;
  }
}

async function* tableBlocks(
  source: ByteSource,
  format: FormatId,
  layout: Layout,
  rowsPerBlock: number,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const { cols, selection, names } = layout;
  const { label, others } = selection;
  let data: Float32Array = new Float32Array(0);
  let labels: string[] = [];
  let columns: string[][] = [];
  let row = 0;
  let n = 0;
  const block = (): VectorTable => ({
    points: { data: data.subarray(0, n * cols), rows: n, cols },
    labels: label < 0 ? undefined : labels,
    columns: Object.fromEntries(others.map((i, k) => [names[i], columns[k]])),
    source: { name: source.name, format, dtype: 'text' },
  });
  for await (const [bytes, take] of records(source, layout)) {
    for (let fields = take(); fields; fields = take()) {
      if (n === 0) {
        // A number takes a digit and a separator, so the file itself bounds what it can hold.
        const most = Math.ceil(source.size / (2 * cols)) + 1;
        data = floats(Math.min(rowsPerBlock, most) * cols, source.name, shared);
        labels = [];
        columns = others.map(() => []);
      }
      row++;
      vectorInto(source, layout, bytes, fields, data, n * cols, row);
      if (label >= 0) labels.push(fieldText(bytes, fields, label));
      for (const [k, i] of others.entries()) columns[k].push(fieldText(bytes, fields, i));
      if (++n === rowsPerBlock) {
        yield block();
        n = 0;
      }
    }
  }
  if (n > 0) yield block();
}

async function openTable(
  source: ByteSource,
  options: ReadOptions,
  format: FormatId,
  delimiter: number,
): Promise<Reader> {
  const layout = await layoutOf(source, options, delimiter);
  const { names, selection, cols } = layout;
  const nameOf = (i: number): string => names[i];
  requireDistinct(source, selection.others.map(nameOf));
  return {
    info: async () => ({
      format,
      rows: await countedRows(source, layout),
      cols,
      dtype: 'text',
      bytes: source.size,
      vector: selection.isList ? nameOf(selection.vector[0]) : selection.vector.map(nameOf),
      labels: selection.label < 0 ? false : nameOf(selection.label),
      columns: selection.others.map(nameOf),
    }),
    blocks: (rowsPerBlock, shared) => tableBlocks(source, format, layout, rowsPerBlock, shared),
  };
}

/** Writes fields, in quotation marks where they need them. */
function quotedField(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

/** A value of a column; −0 keeps its sign. */
function textOfValue(value: string | number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** `x0, x1, …`, or another letter where a column is called so. */
function vectorNames(columns: readonly string[], cols: number): string[] {
  const taken = (prefix: string): boolean =>
    columns.some((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)));
  let prefix = 'x';
  while (taken(prefix)) prefix += '_';
  return Array.from({ length: cols }, (_, c) => `${prefix}${c}`);
}

function headerLine(name: string, block: VectorTable, delimiter: string): string {
  const columns = Object.keys(block.columns ?? {});
  if (block.labels && columns.some((column) => column.toLowerCase() === 'label')) {
    refuse({ name }, 'a column cannot be called "label" where the rows have labels; rename it.');
  }
  const names = [
    ...(block.labels ? ['label'] : []),
    ...columns,
    ...vectorNames(columns, block.points.cols),
  ];
  return names.map((text) => quotedField(text, delimiter)).join(delimiter);
}

function appendRows(
  out: TextBuffer,
  { points, labels, columns = {} }: VectorTable,
  delimiter: string,
): void {
  const { data, rows, cols } = points;
  const others = Object.values(columns);
  const between = delimiter.charCodeAt(0);
  for (let i = 0; i < rows; i++) {
    if (labels) {
      out.text(quotedField(labels[i], delimiter));
      out.byte(between);
    }
    for (const column of others) {
      out.text(quotedField(textOfValue(column[i]), delimiter));
      out.byte(between);
    }
    for (let c = 0; c < cols; c++) {
      if (c > 0) out.byte(between);
      out.float32(data[i * cols + c]);
    }
    out.newline();
  }
}

function defineTable(id: FormatId, title: string, extension: string, delimiter: string): Format {
  const usual = delimiter.charCodeAt(0);
  return {
    id,
    title,
    extensions: [extension],
    dtypes: [],
    keeps: { labels: true, columns: true },
    streams: { read: true, write: true },
    startsWith: 'a line of fields with a delimiter between them',
    recognizes(head, name, size) {
      if (!looksLikeText(head)) return 0;
      const start = byteOrderMark(head);
      const isWhole = head.length === size;
      const named = endsIn(name, [extension]);
      const guess = guessedDelimiter(head, start, isWhole, true);
      if (!guess) return named ? 0.3 : 0;
      const mine = (guess.delimiter === 0x09) === (usual === 0x09);
      const dialect = { delimiter: guess.delimiter, quotes: true };
      const rows = sampleOf(head, start, isWhole, dialect, 20)?.records ?? [];
      const holdsNumbers = rows[rows.length - 1].some(
        (text) => numberOf(text.trim()) !== undefined || text.startsWith('['),
      );
      if (mine && holdsNumbers) return named ? 0.8 : 0.6;
      return named ? 0.3 : 0;
    },
    open: (source, options) => openTable(source, options, id, usual),
    create(output, name) {
      const text = new TextBuffer();
      let rows = 0;
      return {
        async append(block) {
          text.clear();
          if (rows === 0) {
            text.text(headerLine(name, block, delimiter));
            text.newline();
          }
          appendRows(text, block, delimiter);
          rows += block.points.rows;
          await output.write(text.bytes());
        },
        async finish() {},
      };
    },
  };
}

/** Comma-separated values (RFC 4180); semicolons and bars are read too. */
export const csv: Format = defineTable('csv', 'CSV', '.csv', ',');
/** Tab-separated values, with quotation marks as in CSV. */
export const tsv: Format = defineTable('tsv', 'TSV', '.tsv', '\t');
