import {
  type ByteSource,
  endsIn,
  type Format,
  type Reader,
  type ReadOptions,
  refuse,
} from './contract.ts';
import { columnOfValues, textOfValue } from './support/cells.ts';
import { HEAD_BYTES } from './support/head.ts';
import { floats } from './support/memory.ts';
import { numberOf } from './support/numbers.ts';
import { type Candidate, type Selection, selected } from './support/select.ts';
import {
  byteOrderMark,
  countedLines,
  headLines,
  isBlank,
  lineEnd,
  looksLikeText,
  textOf,
  wholeLines,
} from './support/text.ts';
import { TextBuffer } from './support/text-buffer.ts';
import type { Column, VectorTable } from './table.ts';

/** Lines that decide what the fields are. */
const SAMPLE = 100;

const COMMA = 0x2c;
const QUOTE = 0x22;

type Row = Readonly<Record<string, unknown>>;

/** How the lines are to be read. */
interface Layout {
  readonly names: readonly string[];
  readonly selection: Selection;
  readonly cols: number;
}

/** A number, also as the text JSON needs for NaN and infinities; null is a missing number. */
function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value === null) return Number.NaN;
  return typeof value === 'string' && /^[+-]?(nan|inf|infinity)$/i.test(value)
    ? numberOf(value)
    : undefined;
}

const isVector = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.length > 0 && value.every((x) => asNumber(x) !== undefined);

/** A line as fields; an array alone is a field without a name. */
function parsedRow(source: ByteSource, text: string, line: number): Row {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    refuse(source, `line ${line} is not JSON.`, cause);
  }
  if (Array.isArray(value)) return { vector: value };
  if (typeof value === 'object' && value !== null) return value as Row;
  return refuse(source, `line ${line} is neither an object nor a list.`);
}

function kindOf(values: readonly unknown[]): Candidate['kind'] {
  const there = values.filter((value) => value !== null && value !== undefined);
  if (there.length > 0 && there.every(isVector)) return 'vector';
  return there.length > 0 && there.every((value) => typeof value === 'number') ? 'number' : 'text';
}

function layoutOf(source: ByteSource, rows: readonly Row[], options: ReadOptions): Layout {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const valuesOf = (name: string): unknown[] => rows.map((row) => fieldOf(row, name));
  const kinds = names.map((name) => kindOf(valuesOf(name)));
  const candidates = names.map((name, i) => ({ name, kind: kinds[i] }));
  const selection = selected(source, candidates, options);
  const first = fieldOf(rows[0], names[selection.vector[0]]);
  const cols = selection.isList && Array.isArray(first) ? first.length : selection.vector.length;
  return { names, selection, cols };
}

/** The row's own field of this name; `__proto__` and the like are names as any other. */
function fieldOf(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

async function sampleRows(source: ByteSource): Promise<Row[]> {
  for (let length = HEAD_BYTES; ; length *= 2) {
    const head = await source.read(0, Math.min(length, source.size));
    const isWhole = head.length === source.size;
    const lines = headLines(head, isWhole, SAMPLE);
    if (lines.length === 0 && !isWhole) continue;
    if (lines.length === 0) refuse(source, 'the file has no line with anything on it.');
    return lines.map((line, i) => parsedRow(source, textOf(line, 0, line.length), i + 1));
  }
}

async function openJsonl(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const layout = layoutOf(source, await sampleRows(source), options);
  const { names, selection, cols } = layout;
  const nameOf = (i: number): string => names[i];
  const offset = byteOrderMark(await source.read(0, Math.min(3, source.size)));
  return {
    info: async () => ({
      format: 'jsonl',
      rows: await countedLines(source, offset),
      cols,
      dtype: 'text',
      bytes: source.size,
      vector: selection.isList ? nameOf(selection.vector[0]) : selection.vector.map(nameOf),
      labels: selection.label < 0 ? false : nameOf(selection.label),
      columns: selection.others.map(nameOf),
    }),
    blocks: (rowsPerBlock, shared) => jsonBlocks(source, layout, offset, rowsPerBlock, shared),
  };
}

/** The numbers of one row into `out[at…]`. */
function vectorInto(
  source: ByteSource,
  { names, selection, cols }: Layout,
  row: Row,
  out: Float32Array,
  at: number,
  line: number,
): void {
  const list = selection.isList
    ? fieldOf(row, names[selection.vector[0]])
    : selection.vector.map((i) => fieldOf(row, names[i]));
  const what = selection.isList ? `field ${JSON.stringify(names[selection.vector[0]])}` : 'the row';
  if (!Array.isArray(list)) refuse(source, `line ${line}: ${what} is not a list of numbers.`);
  if (list.length !== cols) {
    refuse(source, `line ${line}: ${what} has ${list.length} numbers; ${cols} are expected.`);
  }
  for (let c = 0; c < cols; c++) {
    const value = asNumber(list[c]);
    if (value === undefined) {
      const shown = (JSON.stringify(list[c]) ?? 'missing').slice(0, 40);
      refuse(source, `line ${line}: number ${c + 1} of ${cols} is ${shown}.`);
    }
    out[at + c] = value;
  }
}

/** The values of one field over a block: numbers if all are, else texts. */
function columnOf(rows: readonly Row[], name: string): Column {
  const values = rows.map((row) => fieldOf(row, name));
  return columnOfValues(values.map((value) => asNumber(value ?? null) ?? value));
}

async function* jsonBlocks(
  source: ByteSource,
  layout: Layout,
  offset: number,
  rowsPerBlock: number,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const { names, selection, cols } = layout;
  let data: Float32Array = new Float32Array(0);
  let rest: Row[] = [];
  let line = 0;
  let n = 0;
  const block = (): VectorTable => ({
    points: { data: data.subarray(0, n * cols), rows: n, cols },
    labels:
      selection.label < 0
        ? undefined
        : rest.map((row) => textOfValue(fieldOf(row, names[selection.label]))),
    columns: Object.fromEntries(selection.others.map((i) => [names[i], columnOf(rest, names[i])])),
    source: { name: source.name, format: 'jsonl', dtype: 'text' },
  });
  const keeps = selection.label >= 0 || selection.others.length > 0;
  for await (const bytes of wholeLines(source, offset)) {
    for (let start = 0; start < bytes.length; ) {
      const end = lineEnd(bytes, start);
      line++;
      if (!isBlank(bytes, start, end)) {
        const row = parsedRow(source, textOf(bytes, start, end), line);
        if (n === 0) {
          // A number takes a digit and a separator, so the file itself bounds what it can hold.
          const most = Math.ceil(source.size / (2 * cols)) + 1;
          data = floats(Math.min(rowsPerBlock, most) * cols, source.name, shared);
          rest = [];
        }
        vectorInto(source, layout, row, data, n * cols, line);
        if (keeps) rest.push(withoutVector(row, layout));
        if (++n === rowsPerBlock) {
          yield block();
          n = 0;
        }
      }
      start = end + 1;
    }
  }
  if (n > 0) yield block();
}

/** The label and the other fields, so that the lists of numbers need not stay in memory. */
function withoutVector(row: Row, { names, selection }: Layout): Row {
  const kept = selection.label < 0 ? selection.others : [selection.label, ...selection.others];
  return Object.fromEntries(kept.map((i) => [names[i], fieldOf(row, names[i])]));
}

function appendLine(
  out: TextBuffer,
  { points, labels, columns = {} }: VectorTable,
  i: number,
): void {
  const { data, cols } = points;
  const fields = labels ? [`"label":${JSON.stringify(labels[i])}`] : [];
  for (const [name, column] of Object.entries(columns)) {
    const value = column[i];
    const json = typeof value === 'number' ? numberJson(value) : JSON.stringify(value);
    fields.push(`${JSON.stringify(name)}:${json}`);
  }
  out.text(`{${fields.join(',')}`);
  if (cols === 0) {
    out.text('}');
    out.newline();
    return;
  }
  if (fields.length > 0) out.byte(COMMA);
  out.text('"vector":[');
  for (let c = 0; c < cols; c++) {
    const x = data[i * cols + c];
    if (c > 0) out.byte(COMMA);
    // JSON has no number for these.
    const quote = x - x !== 0;
    if (quote) out.byte(QUOTE);
    out.float32(x);
    if (quote) out.byte(QUOTE);
  }
  out.text(']}');
  out.newline();
}

/** A float64 as JSON, NaN as null. */
function numberJson(x: number): string {
  if (Number.isNaN(x)) return 'null';
  if (Object.is(x, -0)) return '-0';
  return x - x === 0 ? String(x) : JSON.stringify(x > 0 ? 'inf' : '-inf');
}

/** JSON lines: an object a row, with the vector as a list of numbers; or the lists alone. */
export const jsonl: Format = {
  id: 'jsonl',
  title: 'JSON lines',
  extensions: ['.jsonl', '.ndjson', '.json'],
  dtypes: [],
  keeps: { labels: true, columns: true },
  streams: { read: true, write: true },
  startsWith: 'a line with a JSON object',
  recognizes(head, name) {
    const named = endsIn(name, ['.jsonl', '.ndjson', '.json']);
    if (!looksLikeText(head)) return named ? 0.05 : 0;
    const first = head.subarray(byteOrderMark(head)).find((byte) => byte > 0x20);
    if (first === 0x7b) return 0.85;
    return first === 0x5b ? 0.65 : named ? 0.05 : 0;
  },
  open: openJsonl,
  create(output, name) {
    const text = new TextBuffer();
    return {
      async append(block) {
        const columns = Object.keys(block.columns ?? {});
        const taken = columns.find((c) => c === 'vector' || (block.labels && c === 'label'));
        if (taken !== undefined) {
          refuse({ name }, `a column cannot be called ${JSON.stringify(taken)} in JSON lines.`);
        }
        text.clear();
        for (let i = 0; i < block.points.rows; i++) appendLine(text, block, i);
        await output.write(text.bytes());
      },
      async finish() {},
    };
  },
};
