import { describe, expect, test } from 'vitest';
import { copied, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { sampleRows } from '../../io/index.ts';
import { uniformRows } from '../../testing/points.ts';
import { diagnose } from './doctor.ts';

const even = () => toFloat32(uniformRows(300, 8, 4));
const labelsOf = (n: number) => Array.from({ length: n }, (_, i) => `w${i}`);
const ids = (findings: readonly { id: string }[]) => findings.map(({ id }) => id);

describe('diagnose', () => {
  test('finds nothing wrong with uniform points', async () => {
    const { findings, inspection } = await diagnose(even());
    expect(findings).toEqual([]);
    expect(inspection?.measurement.n).toBe(300);
  });

  test('rows without a direction are found by number, and the others measured', async () => {
    const points = even();
    points.data.fill(0, 8 * 17, 8 * 18);
    points.data[8 * 250 + 3] = NaN;
    const { findings, inspection } = await diagnose(points);
    expect(ids(findings)).toEqual(['invalid-rows']);
    expect(findings[0]).toMatchObject({
      severity: 'error',
      rows: [17, 250],
      sentence:
        '2 rows have no direction (row 17, row 250): all zeros, or values that are not finite. They were left out.',
    });
    points.data[8 * 250 + 3] = 1;
    const [zeros] = (await diagnose(points, { labels: labelsOf(300) })).findings;
    expect(zeros.sentence).toBe(
      '1 row has no direction (w17 (row 17)): all zeros. It was left out.',
    );
    expect(inspection?.measurement.n).toBe(298);
  });

  test('refuses what has no rows', async () => {
    for (const none of [[], [[]]])
      await expect(diagnose(none)).rejects.toThrow('at least 1 × 1 values');
  });

  test('rows keep their numbers when others are left out', async () => {
    const points = even();
    points.data.fill(0, 0, 8 * 5);
    points.data.copyWithin(8 * 200, 8 * 100, 8 * 101);
    const { findings } = await diagnose(points);
    expect(ids(findings)).toEqual(['invalid-rows', 'near-duplicates']);
    expect(findings[1].rows).toEqual([200]);
  });

  test('classes that are not encoded have both causes named; those that are out of step by how many rows', async () => {
    const [topics, others] = [1, 7].map((seed) => Random.fromSeed(seed).sample(300));
    const points = even();
    for (let i = 0; i < 300; i++) points.data[8 * i + (topics[i] % 3)] += 3;
    const said = async (of: (i: number) => number) => {
      const classes = Array.from({ length: 300 }, (_, i) => `c${of(i) % 3}`);
      const { findings } = await diagnose(points, { metrics: ['knn-accuracy'], classes });
      return findings.map(({ id, sentence }) => `${id}: ${sentence}`).join();
    };
    expect(await said((i) => topics[i])).toBe('');
    expect(await said((i) => others[i])).toMatch(
      /^labels-at-chance: .* either this space does not encode these classes, or rows and classes are not in the same order\.$/,
    );
    // As where a header was read as the first class.
    expect(await said((i) => topics[(i + 299) % 300])).toMatch(
      /^labels-at-chance: .* much better \(\d+ %\) when the classes are moved 1 row up: rows and classes are out of step\.$/,
    );
  });

  test('a file of invalid rows alone has no measurement', async () => {
    const points = even();
    points.data.fill(NaN);
    const { findings, inspection } = await diagnose(points);
    expect(inspection).toBeUndefined();
    expect(ids(findings)).toEqual(['invalid-rows']);
  });

  test('a single row has few-rows to say, in the singular', async () => {
    const { findings } = await diagnose(toFloat32(uniformRows(1, 8, 4)));
    expect(findings.map(({ sentence }) => sentence)).toEqual([
      'With 1 row in 8 dimensions, ranks and spectra are those of the sample, not of the model.',
    ]);
  });

  test('finds nothing wrong with a few rows either, whatever chance makes of them', async () => {
    for (const [n, d] of [
      [2, 2],
      [3, 8],
      [20, 3],
    ]) {
      for (let seed = 0; seed < 6; seed++) {
        const { findings } = await diagnose(toFloat32(uniformRows(n, d, seed)));
        expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
      }
    }
  });

  test('collapsed rows are an error, off-centre rows a warning, and the input is unchanged', async () => {
    const shifted = (by: number) => {
      const points = even();
      for (let i = 0; i < points.data.length; i++) points.data[i] += by / Math.sqrt(8);
      return points;
    };
    const far = shifted(8);
    const before = copied(far);
    const collapsed = await diagnose(far);
    expect(collapsed.findings[0]).toMatchObject({ id: 'collapsed', severity: 'error' });
    expect(far.data).toEqual(before.data);
    const off = await diagnose(shifted(0.8), { source: 'a.npy' });
    expect(off.findings.find(({ id }) => id === 'off-center')).toMatchObject({
      severity: 'warning',
      fix: expect.stringContaining('tammes disperse a.npy'),
    });
  });

  test('of a sample, rows have their numbers in the file, and what is wrong elsewhere is found too', async () => {
    const points = toFloat32(uniformRows(3000, 8, 4));
    points.data.fill(0, 8 * 2999);
    points.data.copyWithin(8 * 2, 8, 8 * 2);
    const labels = Array.from({ length: 3000 }, (_, i) => `r${i}`);
    const drawn = await sampleRows({ points, labels }, 400);
    // Two drawn rows are made near-copies.
    const [first, second] = [drawn.survey.rows[10], drawn.survey.rows[20]];
    drawn.points.data.copyWithin(8 * 20, 8 * 10, 8 * 11);
    const { findings, inspection } = await diagnose(drawn);
    expect(ids(findings)).toEqual(['invalid-rows', 'copied-rows', 'near-duplicates']);
    expect(findings.map(({ rows }) => rows)).toEqual([[2999], [2], [second]]);
    expect(findings[2].sentence).toContain(`r${second}`);
    expect(first).toBeLessThan(second);
    expect(inspection?.measurement).toMatchObject({ n: 400, population: 3000 });
  });
});
