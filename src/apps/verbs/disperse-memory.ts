import { bindTerms } from '../../catalog/objective-expression.ts';
import { OptionError } from '../../core/errors.ts';
import type { EngineName } from '../../engine/engine.ts';
import { type DisperseOptions, settledDisperse } from './disperse-settings.ts';
import { storeObjectives } from './disperse-store.ts';
import { memoryOfMeasure } from './measure-memory.ts';

/** What the program takes without any rows. */
const PROGRAM = 150e6;

/**
 * About how many bytes `disperse` of n × d rows holds at once, the program with it; the rows are read by the one who
 * calls, and overwritten (`overwrite`).
 */
export function memoryOfDisperse(
  { rows: n, cols: d }: { readonly rows: number; readonly cols: number },
  options: DisperseOptions,
  engine: EngineName,
): number {
  const { settled, terms } = settledDisperse(options);
  const { inParts } = bindTerms(terms);
  const data = 4 * n * d;
  const batch = settled.batch === 0 ? n : Math.min(n, settled.batch);
  const carries =
    settled.optimizer === 'riemannian-adam' || Number(options.optimizerOptions?.['momentum']) > 0;
  const parts = batch === n && inParts === true && !carries;
  const stepRows = parts ? Math.min(n, 65536) : batch;
  // A gradient, what a sum of terms adds to it, and some numbers for each row.
  const step = stepRows * (4 * d * (terms.length > 1 || !parts ? 2 : 1) + 60);
  // Angles, ranks and what sorts them; other objectives need less.
  const circles = terms.reduce((most, { options: own }) => {
    const count = Number(own['circles'] ?? 13);
    return Math.max(most, count);
  }, 0);
  const projections = stepRows * (8 * circles + (parts ? 0 : 64));
  // WebAssembly has a memory of its own, into which operands are copied.
  const copies = engine === 'wasm' ? 3 * stepRows * 4 * d : 0;
  // Start and points, momentum; lengths, and the table by which copies of a row are found.
  const held = data * (2 + (carries ? 1 : 0)) + n * (8 + 8 + 16);
  return PROGRAM + held + step + projections + copies;
}

/** Bytes in words. */
export function bytesInWords(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}

/** Refuses a run that would hold more than it may, and says what holds less. */
export function requireMemory(
  shape: { readonly rows: number; readonly cols: number },
  options: DisperseOptions,
  { engine, measured }: { readonly engine: EngineName; readonly measured: boolean },
  most: number,
): void {
  const own = memoryOfDisperse(shape, options, engine);
  const needed = measured ? Math.max(own, memoryOfMeasure(shape)) : own;
  if (needed <= most) return;
  const wanted =
    `at least ${bytesInWords(needed)} for ${shape.rows} × ${shape.cols} in memory ` +
    `(beyond it: tammes shard FILE -o STORE, then disperse STORE -o STORE2 with ${storeObjectives().join(', ')})`;
  throw new OptionError('disperse', 'max-memory', wanted, bytesInWords(most));
}
