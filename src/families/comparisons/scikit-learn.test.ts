import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromRows } from '../../testing/points.ts';
import { continuity, neighborRecall, stress, trustworthiness } from './index.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const { a, b } = read('scipy.fixture.json') as Record<'a' | 'b', number[][]>;
const fixture = read('scikit-learn.fixture.json') as Record<
  'trustworthiness' | 'continuity' | 'recall',
  Record<string, number>
> & { readonly stress: number; readonly angleStress: number };
const input = { a: fromRows(a), b: fromRows(b) };

// Of 40 rows, fewer than 20 neighbours: counts and one division agree to the last digit or two.
test.each([1, 5, 12, 19])(
  'with %i neighbours, the numbers are those of scikit-learn',
  async (k) => {
    const { value: trust } = await trustworthiness(input, { k });
    expect(trust).toBeCloseTo(fixture.trustworthiness[k], 12);
    expect((await continuity(input, { k })).value).toBeCloseTo(fixture.continuity[k], 12);
    expect((await neighborRecall(input, { k })).value).toBeCloseTo(fixture.recall[k], 12);
  },
);

test('stress is that of SciPy’s pdist at the best scale, and of its angles', async () => {
  expect((await stress(input)).value).toBeCloseTo(fixture.stress, 12);
  // arccos of a rounded cosine has eight digits where angles are small.
  const angles = await stress(input, { a: 'angle', b: 'angle' });
  expect(angles.value).toBeCloseTo(fixture.angleStress, 8);
});
