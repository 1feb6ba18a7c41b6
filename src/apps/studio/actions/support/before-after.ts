import { gathered, type Matrix } from '../../../../core/matrix.ts';
import { Random } from '../../../../core/random.ts';
import type { RunControls } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import type { MetricRow } from '../../../../families/metrics/types.ts';
import { measure } from '../../../verbs/measure.ts';

/** Rows that are measured for a comparison of before and after; of more, the same sample both times. */
const MOST = 4000;

export interface NumberBeforeAfter {
  readonly id: string;
  readonly title: string;
  readonly unit: MetricRow['unit'];
  readonly before: Between;
  readonly after: Between;
  /** Under uniform random points of as many rows and as many columns as before. */
  readonly null: MetricRow['null'];
}

interface Between {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface BeforeAfter {
  /** Rows measured; all, or a sample that is the same before and after. */
  readonly rows: number;
  readonly ofRows: number;
  readonly numbers: readonly NumberBeforeAfter[];
}

/** The leading numbers of rows before and after they moved, with their 95 % intervals. */
export async function beforeAfter(
  before: Matrix,
  after: Matrix,
  run: RunControls & { readonly engine: Engine },
): Promise<BeforeAfter> {
  const n = before.rows;
  const random = Random.fromSeed(0).fork('before and after');
  const rows = n > MOST ? random.sample(n, MOST).sort() : undefined;
  const numbersOf = async (points: Matrix, isFirst: boolean) => {
    const own = rows ? gathered(points, rows) : points;
    const options = { engine: run.engine, ...(isFirst ? {} : { null: 'none' as const }) };
    return (await measure(own, options, { signal: run.signal })).metrics;
  };
  const [first, second] = [await numbersOf(before, true), await numbersOf(after, false)];
  return {
    rows: rows?.length ?? n,
    ofRows: n,
    numbers: first.map((row) => ({
      id: row.id,
      title: row.title,
      unit: row.unit,
      before: between(row),
      after: between(second.find(({ id }) => id === row.id)),
      null: row.null,
    })),
  };
}

const between = (row: MetricRow | undefined): Between => ({
  value: row?.value ?? null,
  low: row?.low ?? null,
  high: row?.high ?? null,
});
