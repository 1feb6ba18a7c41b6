import { type Matrix, matrix } from '../../core/matrix.ts';
import type { IndexedRows, RowsInLists } from '../../families/search/index.ts';
import type { Column } from '../../io/table.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { givenOutput } from '../given.ts';
import { int32s, openOutput } from '../output.ts';
import { listsPlan } from '../plans/lists-plan.ts';
import { scoresPlan } from '../plans/scores-plan.ts';
import { resultsOf } from '../run-plan.ts';
import { gatheredRows } from './gathered-rows.ts';
import { listsPacked } from './lists-packed.ts';
import { rowNumbers } from './row-numbers.ts';
import { type TableWork, withGiven, withOutput } from './table-work.ts';

/** Scores held at once: 512 MiB. */
const SCORES = 2 ** 27;

type Similarity = 'cosine' | 'dot' | 'euclidean';

/** The rows of a sharded table as an index of inverted lists takes them; `close` lets go of what was opened. */
export function indexedRows(
  work: TableWork,
  similarity: Similarity,
  columns: Readonly<Record<string, Column>>,
): IndexedRows & { close(): Promise<void> } {
  const { manifest, engine } = work;
  const { rows: n, cols: d } = manifest;
  const numbers = rowNumbers(n, new Int32Array(0));
  const unit = similarity === 'cosine';
  const closing: (() => Promise<void>)[] = [];

  /** Runs what needs rows under the name by which tasks read them. */
  async function withRows<T>(rows: Matrix<Float32Array>, use: (name: string) => Promise<T>) {
    const shape = [rows.rows, rows.cols];
    const given = await givenOutput({ arrays: { points: { shape, data: rows.data } } });
    return withGiven(work, given, use);
  }
  return {
    n,
    d,
    columns,
    atOnce: Math.max(1, Math.floor(SCORES / n)),
    async gather(places) {
      const rows = await gatheredRows(work, numbers, places);
      return unit ? unitOrZeroRows(rows).points : rows;
    },
    scores: (queries) =>
      withRows(queries, async (name) => {
        const settings = { similarity, queries: queries.rows };
        const plan = await scoresPlan(manifest, name, settings, engine.name);
        await work.run(plan);
        const all = new Float32Array(queries.rows * n);
        let first = 0;
        for (const output of resultsOf(plan)) {
          first = await withOutput(work, output, async (part) => {
            const [, rows] = part.shapeOf('scores');
            for (let q = 0; q < queries.rows; q++)
              all.set(await part.slice('scores', q, q + 1), q * n + first);
            return first + rows;
          });
          await work.discard(output);
        }
        return matrix(all, queries.rows, n);
      }),
    listed: (centers) =>
      withRows(centers, async (name): Promise<RowsInLists> => {
        const wanted = { centers: name, lists: centers.rows, unit, probes: 1 };
        const plan = await listsPlan(manifest, wanted, engine.name);
        await work.run(plan);
        const outputs = await Promise.all(resultsOf(plan).map((own) => openOutput(work.work, own)));
        for (const output of outputs) closing.push(() => output.close());
        const offsets = new Int32Array(centers.rows + 1);
        const rows = new Int32Array(n);
        const starts = [0];
        let list = 0;
        for (const output of outputs) {
          const at = starts[starts.length - 1];
          const own = await int32s(output, 'offsets');
          for (const end of own.subarray(1)) offsets[++list] = at + end;
          rows.set(await int32s(output, 'rows'), at);
          starts.push(at + own[own.length - 1]);
        }
        const packed: RowsInLists['packed'] = (before, after) =>
          listsPacked({ outputs, starts, cols: d }, before, after);
        return { offsets, rows, packed };
      }),
    async close() {
      for (const close of closing) await close();
    },
  };
}
