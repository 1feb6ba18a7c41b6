import {
  type Opened,
  type Reader,
  type ReadOptions,
  refuse,
  type VectorFileInfo,
} from './contract.ts';
import { besidePoints } from './support/joined.ts';
import { floats } from './support/memory.ts';
import { reblocked } from './support/reblocked.ts';
import type { Column, VectorTable } from './table.ts';

/** Values that are in flight while files are gathered into one block. */
const BLOCK_VALUES = 1 << 22;

type Part = Opened & { readonly info: VectorFileInfo };

/** Files as one table: the rows of the first, then those of the second, and so on. */
export async function joinedFiles(
  opened: readonly Opened[],
  { onRemark }: ReadOptions,
): Promise<Opened> {
  const parts: Part[] = [];
  for (const part of opened) parts.push({ ...part, info: await part.reader.info() });
  requireSameWidth(parts);
  requireSameLabels(parts);
  for (const remark of missingColumns(parts)) onRemark?.(remark);
  const info = joinedInfo(parts);
  const name = `${parts[0].name} and ${parts.length - 1} more`;
  const reader: Reader = {
    info: async () => info,
    blocks: (rowsPerBlock, shared) =>
      rowsPerBlock >= info.rows
        ? whole(parts, name, info, shared)
        : reblocked(blocksOfAll(parts, rowsPerBlock), rowsPerBlock, name, shared),
  };
  const close = async (): Promise<void> => {
    for (const part of parts) await part.close();
  };
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return { name, size, reader, close };
}

/** The width that most files have is right; the first that has another is named. */
function requireSameWidth(parts: readonly Part[]): void {
  const counts = new Map<number, number>();
  for (const { info } of parts) counts.set(info.cols, (counts.get(info.cols) ?? 0) + 1);
  const [usual] = [...counts].sort(([, a], [, b]) => b - a)[0];
  const odd = parts.find(({ info }) => info.cols !== usual);
  if (!odd) return;
  const other = parts.find(({ info }) => info.cols === usual);
  refuse(
    odd,
    `the vectors have ${odd.info.cols} columns, those of ${other?.name} ${usual}; files of one table have as many.`,
  );
}

function requireSameLabels(parts: readonly Part[]): void {
  const labelled = parts.find(({ info }) => info.labels !== false);
  const bare = parts.find(({ info }) => info.labels === false);
  if (labelled && bare) {
    refuse(
      bare,
      `the file has no labels, but ${labelled.name} has; --no-label (label: false) reads all without.`,
    );
  }
  const named = parts.filter(({ info }) => typeof info.labels === 'string');
  const odd = named.find(({ info }) => info.labels !== named[0].info.labels);
  if (!odd) return;
  refuse(
    odd,
    `the labels are ${JSON.stringify(odd.info.labels)}, those of ${named[0].name} ${JSON.stringify(named[0].info.labels)}; --label says which.`,
  );
}

const columnsOf = (parts: readonly Part[]): string[] => [
  ...new Set(parts.flatMap(({ info }) => info.columns)),
];

/** A sentence for each column that some files lack. */
function missingColumns(parts: readonly Part[]): string[] {
  return columnsOf(parts).flatMap((column) => {
    const without = parts.filter(({ info }) => !info.columns.includes(column));
    if (without.length === 0) return [];
    const more = without.length > 1 ? ` and ${without.length - 1} more` : '';
    return [
      `${without[0].name}${more}: no column ${JSON.stringify(column)}; its rows are NaN or empty there.`,
    ];
  });
}

function joinedInfo(parts: readonly Part[]): VectorFileInfo {
  const sum = (of: (info: VectorFileInfo) => number): number =>
    parts.reduce((total, { info }) => total + of(info), 0);
  return {
    ...parts[0].info,
    rows: sum(({ rows }) => rows),
    bytes: sum(({ bytes }) => bytes),
    columns: columnsOf(parts),
    files: parts.map(({ name }) => name),
  };
}

type Kinds = ReadonlyMap<string, 'number' | 'text'>;

/** What the columns of the whole hold: text where one file has text. */
async function kindsOf(parts: readonly Part[]): Promise<Kinds> {
  const kinds = new Map<string, 'number' | 'text'>();
  for (const { info, reader } of parts) {
    if (info.columns.length === 0) continue;
    for await (const { columns = {} } of reader.blocks(1, false)) {
      for (const [name, column] of Object.entries(columns)) {
        const kind = column instanceof Float64Array ? 'number' : 'text';
        if (kinds.get(name) !== 'text') kinds.set(name, kind);
      }
      break;
    }
  }
  return kinds;
}

/** The blocks of all files, each with all columns, so that every block of the table has the same. */
async function* blocksOfAll(parts: readonly Part[], rowsPerBlock: number) {
  const kinds = await kindsOf(parts);
  for (const { reader } of parts) {
    for await (const block of reader.blocks(rowsPerBlock, false)) {
      yield kinds.size === 0 ? block : withColumns(block, kinds);
    }
  }
}

/** The same with all columns; those it lacks are NaN or ''. */
function withColumns(block: VectorTable, kinds: Kinds): VectorTable {
  const { columns = {}, points } = block;
  const all = Array.from(kinds, ([name, kind]): [string, Column] => {
    const own = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (kind === 'number' && own) return [name, own];
    if (kind === 'number') return [name, new Float64Array(points.rows).fill(Number.NaN)];
    if (own && !(own instanceof Float64Array)) return [name, own];
    const texts = Array.from({ length: points.rows }, (_, i) =>
      own === undefined || Number.isNaN(own[i]) ? '' : String(own[i]),
    );
    return [name, texts];
  });
  return { ...block, columns: Object.fromEntries(all) };
}

/** All rows as one block: the points are copied once, as they come. */
async function* whole(
  parts: readonly Part[],
  name: string,
  { rows, cols }: VectorFileInfo,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const data = floats(rows * cols, name, shared);
  const blocks: VectorTable[] = [];
  const step = Math.max(1, Math.floor(BLOCK_VALUES / cols));
  let at = 0;
  for await (const block of blocksOfAll(parts, step)) {
    const { points } = block;
    if (points.cols !== cols || at + points.data.length > data.length) {
      refuse({ name }, 'the files changed while they were read.');
    }
    data.set(points.data, at);
    const own = { ...points, data: data.subarray(at, at + points.data.length) };
    blocks.push({ ...block, points: own });
    at += points.data.length;
  }
  if (at !== data.length) refuse({ name }, 'the files changed while they were read.');
  if (blocks.length > 0) yield { points: { data, rows, cols }, ...besidePoints(blocks) };
}
