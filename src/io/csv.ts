import {
  type ByteSource,
  endsIn,
  type Format,
  type Reader,
  type ReadOptions,
  refuse,
} from './contract.ts';
import type { FormatId } from './format-id.ts';
import { guessedDelimiter } from './support/csv-delimiter.ts';
import { layoutOf } from './support/csv-layout.ts';
import { countedRows, tableBlocks } from './support/csv-rows.ts';
import { byteOrderMark, looksLikeText, TAB } from './support/text.ts';
import { TextBuffer } from './support/text-buffer.ts';
import type { VectorTable } from './table.ts';

async function openTable(
  source: ByteSource,
  options: ReadOptions,
  format: FormatId,
  delimiter: number,
): Promise<Reader> {
  const layout = await layoutOf(source, options, delimiter);
  const { names, selection, cols } = layout;
  const nameOf = (i: number): string => names[i];
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
    let fields = 0;
    const next = (): void => {
      if (fields++ > 0) out.byte(between);
    };
    if (labels) {
      next();
      out.text(quotedField(labels[i], delimiter));
    }
    for (const column of others) {
      next();
      out.text(quotedField(textOfValue(column[i]), delimiter));
    }
    for (let c = 0; c < cols; c++) {
      next();
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
      const guess = guessedDelimiter(head, byteOrderMark(head), head.length === size, true);
      const isMine = guess !== null && (guess.delimiter === TAB) === (usual === TAB);
      if (isMine && guess.numbers > 0) return 0.75;
      return endsIn(name, [extension]) ? 0.3 : 0;
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
