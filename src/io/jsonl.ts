import { endsIn, type Format, refuse } from './contract.ts';
import { leavesJsonOpen } from './support/json-head.ts';
import { openJson } from './support/json-reader.ts';
import { byteOrderMark, looksLikeText } from './support/text.ts';
import { TextBuffer } from './support/text-buffer.ts';
import type { VectorTable } from './table.ts';

const COMMA = 0x2c;
const QUOTE = 0x22;

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

/**
 * JSON lines: an object a row, with the vector as a list of numbers; or the lists alone. Documents of one
 * value are read too, whole.
 */
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
    if (first === 0x5b) return leavesJsonOpen(head) ? 0.85 : 0.65;
    return named ? 0.05 : 0;
  },
  open: openJson,
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
