import { Random } from '../core/random.ts';
import { Run, type RunControls } from '../core/run.ts';
import { type Opened, type ReadOptions, refuse, type Sources } from './contract.ts';
import { blocksOf, openVectors, rowsOfBlock } from './open.ts';
import { RowHashes } from './row-hashes.ts';
import { copied } from './support/joined.ts';
import { type Survey, takenRows, type VectorTable } from './table.ts';

export interface SurveyOptions extends ReadOptions, RunControls {
  /** Of the sample. Default 0. */
  readonly seed?: number | undefined;
}

/**
 * Reads a table of vectors once, block by block, for files larger than memory: a table of m of its rows,
 * drawn without replacement by the seed, and in `survey` what every row was looked at for. Two files with as
 * many rows give the same rows. All rows come where the file has no more than m.
 *
 * @example
 * const table = await readSample('vectors.npy', 100_000);
 * const { of, invalid, copies } = table.survey;
 */
export async function readSample(
  sources: Sources,
  m: number,
  options: SurveyOptions = {},
): Promise<VectorTable & { readonly survey: Survey }> {
  const file = await openVectors(sources, options);
  try {
    return await sampleOpened(file, m, options);
  } finally {
    await file.close();
  }
}

/** The same from what is open. */
export async function sampleOpened(
  file: Opened,
  m: number,
  options: SurveyOptions,
): Promise<VectorTable & { readonly survey: Survey }> {
  const { rows, cols } = await file.reader.info();
  return surveyed(blocksOf(file, rowsOfBlock(cols)), rows, m, file, options);
}

/** The same from a table in memory. */
export async function sampleRows(
  table: VectorTable,
  m: number,
  options: Pick<SurveyOptions, 'seed'> = {},
): Promise<VectorTable & { readonly survey: Survey }> {
  return surveyed([table], table.points.rows, m, table.source ?? { name: 'sample' }, options);
}

async function surveyed(
  blocks: AsyncIterable<VectorTable> | Iterable<VectorTable>,
  n: number,
  m: number,
  source: { readonly name: string },
  options: SurveyOptions,
) {
  if (!Number.isSafeInteger(m) || m < 1) {
    refuse(source, `a sample has at least 1 row; ${m} were asked for.`);
  }
  const run = new Run(options);
  const drawn = Random.fromSeed(options.seed ?? 0)
    .fork('rows of a file')
    .sample(n, Math.min(m, n))
    .sort();
  const hashes = new RowHashes(n);
  const [invalid, kept]: [number[], number[]] = [[], []];
  const parts: VectorTable[] = [];
  let row = 0;
  let next = 0;
  for await (const block of blocks) {
    const { rows } = block.points;
    const first = invalid.length;
    hashes.add(block.points);
    for (let i = 0; i < rows; i++) if (!hasDirection(block, i)) invalid.push(row + i);
    const bad = new Set(invalid.slice(first));
    const some: number[] = [];
    for (; next < drawn.length && drawn[next] < row + rows; next++) {
      if (!bad.has(drawn[next])) some.push(drawn[next] - row);
    }
    if (some.length > 0) parts.push(takenRows(block, some));
    for (const i of some) kept.push(row + i);
    row += rows;
    await run.tick({ stage: 'reading', done: Math.min(1, row / n) });
  }
  if (row !== n) refuse(source, `${n} rows were announced, but ${row} were there.`);
  if (kept.length === 0) refuse(source, 'no row that was drawn has a direction.');
  const survey = { of: n, rows: Int32Array.from(kept), invalid, copies: hashes.copies() };
  return { ...copied(parts, source.name, true), survey };
}

/** Whether all values are finite, and one is not zero. */
function hasDirection({ points: { data, cols } }: VectorTable, i: number): boolean {
  let [probe, some] = [0, false];
  for (let c = i * cols; c < (i + 1) * cols; c++) {
    // x − x is 0 for finite x and NaN otherwise.
    probe += data[c] - data[c];
    some ||= data[c] !== 0;
  }
  return probe === 0 && some;
}
