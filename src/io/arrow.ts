import { endsIn, type Format } from './contract.ts';
import { guardedAsync } from './support/guarded.ts';

const EXTENSIONS = ['.arrow', '.feather', '.arrows', '.ipc'];

/** Apache Arrow: IPC files (also Feather 2) and streams. The library loads when it is needed. */
export const arrow: Format = {
  id: 'arrow',
  title: 'Apache Arrow',
  extensions: EXTENSIONS,
  dtypes: ['f4', 'f8', 'f2'],
  keeps: { labels: true, columns: true },
  streams: { read: true, write: false },
  startsWith: 'the letters ARROW1',
  recognizes(head, name) {
    if (new TextDecoder().decode(head.subarray(0, 6)) === 'ARROW1') return 1;
    const isMarked = head.length >= 8 && head.subarray(0, 4).every((byte) => byte === 0xff);
    // A stream begins with a mark and the length of its schema.
    if (isMarked && head[7] === 0) return 0.9;
    return endsIn(name, EXTENSIONS) ? 0.05 : 0;
  },
  async open(source, options) {
    const { openArrow } = await import('./support/arrow-file.ts');
    return guardedAsync(source, 'Arrow', () => openArrow(source, options));
  },
  async create(output, name, options) {
    const { createArrow } = await import('./support/arrow-writer.ts');
    return createArrow(output, name, options);
  },
};
