import { OptionError } from '../../core/errors.ts';
import type { RunControls } from '../../core/run.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import type { GivenTable } from '../../io/given-table.ts';
import { type MeasureOptions, measure } from './measure.ts';

/** How one number goes over the snapshots; null where it does not exist. */
export interface Tracked {
  readonly id: string;
  readonly title: string;
  readonly unit: MetricRow['unit'];
  readonly values: readonly (number | null)[];
  /** Ends of the 95 % intervals. */
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/**
 * Measures snapshots of the same vectors, one after another (the epochs of a training, versions of a model), and
 * gives each number as a series. Snapshots may come as they are read: only one is held at a time.
 *
 * @example const [dimension] = await track(epochs, { metrics: ['local-two-nn'] });
 */
export async function track(
  snapshots: Iterable<GivenTable> | AsyncIterable<GivenTable>,
  options: MeasureOptions = {},
  run: RunControls = {},
): Promise<readonly Tracked[]> {
  const all: (readonly MetricRow[])[] = [];
  for await (const snapshot of snapshots) {
    all.push((await measure(snapshot, { null: 'none', ...options }, run)).metrics);
  }
  if (all.length === 0)
    throw new OptionError('track', 'snapshots', 'one set of vectors at least', 0);
  return all[0].map(({ id, title, unit }) => {
    const rows = all.map((metrics) => metrics.find((row) => row.id === id));
    const series = (of: (row: MetricRow) => number | null) =>
      rows.map((row) => (row === undefined ? null : of(row)));
    return {
      id,
      title,
      unit,
      values: series(({ value }) => value),
      low: series(({ low }) => low),
      high: series(({ high }) => high),
    };
  });
}
