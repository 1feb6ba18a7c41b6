import type { RunControls } from '../../core/run.ts';
import { ivfOfRows } from '../../families/search/index.ts';
import type { Built } from '../../families/search/types.ts';
import { indexedRows } from '../../jobs/space/indexed-rows.ts';
import { readColumns } from '../../jobs/space/read-columns.ts';
import type { TableWork } from '../../jobs/space/table-work.ts';
import { typedColumns } from '../../structures/filters/typed-columns.ts';
import { writeIndex } from './search.ts';

/**
 * Builds the index `ivf` of a sharded table that is not read whole, and writes it: the centers come from drawn rows, the
 * rows go to their lists shard by shard. The file is the one that a build in memory writes. Labels and columns are held
 * in memory.
 */
export async function ivfOfStore(
  path: string,
  work: TableWork,
  options: Readonly<Record<string, unknown>> = {},
  run: RunControls = {},
): Promise<Built> {
  const { labels, columns: found = {} } = await readColumns(work);
  const columns = typedColumns(found);
  const similarity = (options['similarity'] ?? 'cosine') as Parameters<typeof indexedRows>[1];
  const rows = indexedRows(work, similarity, columns);
  try {
    const built = await ivfOfRows(rows, options, { ...run, engine: work.engine });
    await writeIndex(path, 'ivf', built.index, { labels, columns });
    return built;
  } finally {
    await rows.close();
  }
}
