import { tableRows, type VectorTable } from '../table.ts';
import { copied } from './joined.ts';

/**
 * The rows of parts of any size, `rowsPerBlock` at a time, in memory of their own.
 *
 * @param own whether each part has such memory: then one of just that size is given as it is
 */
export async function* reblocked(
  parts: AsyncIterable<VectorTable>,
  rowsPerBlock: number,
  name: string,
  shared: boolean,
  own = false,
): AsyncGenerator<VectorTable> {
  let waiting: VectorTable[] = [];
  let count = 0;
  for await (const part of parts) {
    if (own && !shared && count === 0 && part.points.rows === rowsPerBlock) {
      yield part;
      continue;
    }
    for (let a = 0; a < part.points.rows; ) {
      const b = Math.min(part.points.rows, a + rowsPerBlock - count);
      waiting.push(tableRows(part, a, b));
      count += b - a;
      a = b;
      if (count === rowsPerBlock) {
        yield copied(waiting, name, shared);
        waiting = [];
        count = 0;
      }
    }
  }
  if (count > 0) yield copied(waiting, name, shared);
}
