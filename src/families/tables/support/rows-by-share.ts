import type { Field } from '../types.ts';
import { tooFewBytes } from './too-few-bytes.ts';

/**
 * Rows for each field, in proportion to its ids, one at least and no more than ids, that together have at most `bytes`.
 *
 * @param each bytes of a row
 */
export function rowsByShare(
  id: string,
  fields: readonly Pick<Field, 'size'>[],
  each: number,
  bytes: number,
): readonly number[] {
  const ids = fields.reduce((sum, { size }) => sum + size, 0);
  const all = Math.floor(bytes / each);
  if (all < fields.length) throw tooFewBytes(id, { least: fields.length * each, bytes });
  const rows = fields.map(({ size }) =>
    Math.min(size, Math.max(1, Math.floor((all * size) / ids))),
  );
  // Fields that were lifted to one row take it from the longest.
  for (let over = rows.reduce((a, b) => a + b, 0) - all; over > 0; over--)
    rows[rows.indexOf(Math.max(...rows))] -= 1;
  return rows;
}
