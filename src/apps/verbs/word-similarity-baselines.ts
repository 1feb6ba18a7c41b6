import type { Matrix } from '../../core/matrix.ts';
import { unitRows } from '../../core/rows.ts';
import type { RunControls } from '../../core/run.ts';
import type { Engine } from '../../engine/engine.ts';
import { createSpace, hubnessSkewness } from '../../families/metrics/index.ts';
import { loadWordSets, type WordSet, wordSimilarity } from '../../io/datasets/index.ts';
import type { VectorTable } from '../../io/table.ts';
import { centered } from '../../numerics/rows/centered.ts';
import type { Baselines, Treatment } from '../report/contract.ts';
import type { DisperseResult } from './disperse.ts';
import type { Inspection } from './report.ts';
import { whitened, withoutTopComponents } from './support/linear-treatments.ts';

export interface Spread {
  readonly before: Inspection;
  readonly after: Inspection;
  readonly result: DisperseResult;
}

/** Components that "all but the top" removes: about d/20. */
const REMOVED = 5;

/**
 * Word similarity of spread word vectors beside the usual linear treatments of the same vectors:
 * Spearman's correlation with people's judgement on four sets. The sets judge; nothing was fitted
 * to them.
 */
export async function wordSimilarityBaselines(
  table: VectorTable,
  { before, after, result }: Spread,
  engine: Engine,
  run: RunControls,
): Promise<Baselines> {
  const labels = table.labels ?? [];
  const sets = await loadWordSets();
  const raw = table.points;
  const linear: [name: string, treat: () => Promise<Matrix>][] = [
    ['centered', async () => centered(raw)],
    [
      `centered, ${REMOVED} top components removed`,
      () => withoutTopComponents(raw, REMOVED, engine),
    ],
    [
      `unit rows, ${REMOVED} top components removed`,
      () => withoutTopComponents(before.details.points, REMOVED, engine),
    ],
    ['whitened', () => whitened(raw, engine)],
  ];
  const treatments: Treatment[] = [
    {
      name: 'as they are',
      role: 'before',
      values: scores(raw, labels, sets),
      hubnessSkewness: before.measurement.hubnessSkewness,
    },
  ];
  for (const [i, [name, treat]] of linear.entries()) {
    run.onProgress?.({ stage: 'baselines', done: i / linear.length });
    const points = await treat();
    const space = createSpace(unitRows('baselines', points).points, engine, { signal: run.signal });
    const { value } = await hubnessSkewness.measure(space, { k: 10 });
    treatments.push({
      name,
      role: 'baseline',
      values: scores(points, labels, sets),
      hubnessSkewness: value,
    });
  }
  treatments.push({
    name: 'spread by Tammes',
    role: 'after',
    values: scores(result.points, labels, sets),
    hubnessSkewness: after.measurement.hubnessSkewness,
  });
  return {
    score: 'Spearman correlation with people’s judgement of similarity',
    sets: sets.map(({ title }) => title),
    treatments,
    note: 'The sets judge; nothing was fitted to them.',
  };
}

function scores(points: Matrix, labels: readonly string[], sets: readonly WordSet[]): number[] {
  return sets.map((set) => wordSimilarity(points, labels, set).spearman);
}
