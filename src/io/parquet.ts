import { endsIn, type Format } from './contract.ts';
import { guardedAsync } from './support/guarded.ts';

const EXTENSIONS = ['.parquet', '.pq'];

/** Apache Parquet, with hyparquet. The library loads when it is needed. */
export const parquet: Format = {
  id: 'parquet',
  title: 'Apache Parquet',
  extensions: EXTENSIONS,
  dtypes: ['f4', 'f8', 'f2'],
  keeps: { labels: true, columns: true },
  streams: { read: true, write: true },
  startsWith: 'the letters PAR1',
  recognizes(head, name) {
    if (new TextDecoder().decode(head.subarray(0, 4)) === 'PAR1') return 1;
    return endsIn(name, EXTENSIONS) ? 0.05 : 0;
  },
  async open(source, options) {
    const { openParquet } = await import('./support/parquet-file.ts');
    return guardedAsync(source, 'Parquet', () => openParquet(source, options));
  },
  async create(output, name, options) {
    const { createParquet } = await import('./support/parquet-writer.ts');
    return createParquet(output, name, options);
  },
};
