import { tableRows, type VectorTable } from '../table.ts';
import { copied } from './joined.ts';

/** The rows of parts of any size, `rowsPerBlock` at a time, in memory of their own. */
export async function* reblocked(
  parts: AsyncIterable<VectorTable>,
  rowsPerBlock: number,
  name: string,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  let waiting: VectorTable[] = [];
  let count = 0;
  for await (const part of parts) {
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
