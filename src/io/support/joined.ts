import { InputError } from '../../core/errors.ts';
import type { Column, VectorTable } from '../table.ts';
import { floats } from './memory.ts';

/** One table with the rows of all blocks; a single block as it is. */
export function joined(blocks: readonly VectorTable[], name: string): VectorTable {
  return blocks.length === 1 ? blocks[0] : copied(blocks, name, false);
}

/** One table with the rows of all blocks, in memory of its own. */
export function copied(blocks: readonly VectorTable[], name: string, shared: boolean): VectorTable {
  const [first] = blocks;
  const { cols } = first.points;
  const rows = blocks.reduce((sum, block) => sum + block.points.rows, 0);
  const data = floats(rows * cols, name, shared);
  let at = 0;
  for (const { points } of blocks) {
    if (points.cols !== cols) {
      throw new InputError(name, `some rows have ${cols} columns and others ${points.cols}.`);
    }
    data.set(points.data, at);
    at += points.data.length;
  }
  return { points: { data, rows, cols }, ...besidePoints(blocks) };
}

/** What all blocks have besides their points, as one. */
export function besidePoints(blocks: readonly VectorTable[]): Omit<VectorTable, 'points'> {
  const [first] = blocks;
  return {
    labels: first.labels && blocks.flatMap((block) => block.labels ?? []),
    columns: blocks.some(({ columns }) => columns) ? joinedColumns(blocks) : undefined,
    source: first.source,
  };
}

/** All columns of all blocks; where a block lacks one, its rows are NaN or ''. */
function joinedColumns(blocks: readonly VectorTable[]): Record<string, Column> {
  const names = new Set(blocks.flatMap((block) => Object.keys(block.columns ?? {})));
  return Object.fromEntries(
    Array.from(names, (name) => [
      name,
      joinedColumn(
        blocks.map(({ columns, points }) => ({
          part: columns && Object.hasOwn(columns, name) ? columns[name] : undefined,
          rows: points.rows,
        })),
      ),
    ]),
  );
}

/** A number that is missing is an empty text beside texts. */
const textOf = (value: string | number): string =>
  typeof value === 'number' && Number.isNaN(value) ? '' : String(value);

function joinedColumn(
  parts: readonly { readonly part: Column | undefined; readonly rows: number }[],
): Column {
  const isNumeric = parts.every(({ part }) => part === undefined || part instanceof Float64Array);
  if (!isNumeric) {
    return parts.flatMap(({ part, rows }) =>
      part ? Array.from(part, textOf) : Array.from({ length: rows }, () => ''),
    );
  }
  const out = new Float64Array(
    parts.reduce((sum, { part, rows }) => sum + (part?.length ?? rows), 0),
  );
  let at = 0;
  for (const { part, rows } of parts) {
    if (part instanceof Float64Array) out.set(part, at);
    else out.fill(Number.NaN, at, at + rows);
    at += part?.length ?? rows;
  }
  return out;
}
