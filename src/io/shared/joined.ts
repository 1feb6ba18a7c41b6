import { InputError } from '../../core/errors.ts';
import { type Column, mapColumns, type VectorTable } from '../table.ts';
import { sharedFloats } from './memory.ts';

/** One table with the rows of all blocks, which have the same columns. */
export function joined(blocks: readonly VectorTable[], name: string): VectorTable {
  const [first] = blocks;
  if (blocks.length === 1) return first;
  const { cols } = first.points;
  const rows = blocks.reduce((sum, block) => sum + block.points.rows, 0);
  const data = sharedFloats(rows * cols, name);
  let at = 0;
  for (const { points } of blocks) {
    if (points.cols !== cols) {
      throw new InputError(name, `some rows have ${cols} columns and others ${points.cols}.`);
    }
    data.set(points.data, at);
    at += points.data.length;
  }
  return {
    points: { data, rows, cols },
    labels: first.labels && blocks.flatMap((block) => block.labels ?? []),
    columns:
      first.columns &&
      mapColumns(first.columns, (column, key) =>
        joinedColumn(
          column,
          blocks.map((block) => block.columns?.[key]),
        ),
      ),
    source: first.source,
  };
}

function joinedColumn(first: Column, parts: readonly (Column | undefined)[]): Column {
  if (first instanceof Float64Array && parts.every((part) => part instanceof Float64Array)) {
    const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
  return parts.flatMap((part) => Array.from(part ?? [], String));
}
