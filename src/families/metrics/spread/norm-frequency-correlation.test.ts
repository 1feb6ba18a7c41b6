import { describe, expect, test } from 'vitest';
import { fromRows, orthoplex } from '../../../testing/points.ts';
import fixture from '../fixtures/metrics.fixture.json' with { type: 'json' };
import { normFrequencyCorrelation } from './norm-frequency-correlation.ts';

const rows = fromRows(fixture.rows);
const frequencies = Float64Array.from(fixture.frequencies);

describe('norm-frequency-correlation', () => {
  test(`value and p-value are those of ${fixture.library}`, async () => {
    const {
      value,
      low,
      high,
      null: expected,
    } = await normFrequencyCorrelation(rows, {}, { frequencies });
    expect(value).toBeCloseTo(fixture.spearman[0], 10);
    expect(expected?.pValue).toBeCloseTo(fixture.spearman[1], 10);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  test('rows of unknown frequency are left out', async () => {
    const some = frequencies.map((f, i) => (i % 5 === 0 ? NaN : f));
    const kept = [...some.keys()].filter((i) => !Number.isNaN(some[i]));
    const { value } = await normFrequencyCorrelation(rows, {}, { frequencies: some });
    const part = fromRows(kept.map((i) => fixture.rows[i]));
    const direct = await normFrequencyCorrelation(
      part,
      {},
      { frequencies: some.filter((f) => !Number.isNaN(f)) },
    );
    expect(value).toBe(direct.value);
  });

  test('unit rows, few frequencies and none have no number, and it says why', async () => {
    const unit = orthoplex(6);
    const twelve = Float64Array.from({ length: 12 }, (_, i) => i);
    const same = await normFrequencyCorrelation(unit, {}, { frequencies: twelve });
    expect(same.warnings).toEqual(['all rows came with the same length: nothing to correlate.']);
    const few = await normFrequencyCorrelation(unit, {}, { frequencies: twelve.fill(NaN, 3) });
    expect(few.warnings).toEqual([
      '3 rows with a frequency are too few for a correlation.',
      '9 of 12 rows have no frequency and were left out.',
    ]);
    const none = await normFrequencyCorrelation(unit);
    expect(none.warnings).toEqual(['this number needs the frequencies of the rows.']);
    expect(none.value).toBeNaN();
  });
});
