import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { hitsAt, partnerRanks } from '../../structures/retrieval/partner-ranks.ts';
import { alignAndJudge, alignmentById } from './align.ts';

const rowsUpTo = (n: number, from = 0) => Array.from({ length: n - from }, (_, i) => from + i);

/** n rows, and the same with their columns in another order and noise. */
function spaces(n: number, noise: number, seed = 1): { a: Matrix; b: Matrix } {
  const random = Random.fromSeed(seed);
  const a = Float64Array.from({ length: 6 * n }, () => random.normal());
  const b = a.map((_, e) => a[e - (e % 6) + ((e + 1) % 6)] + noise * random.normal());
  return { a: matrix(a, n, 6), b: matrix(b, n, 6) };
}

/** Recall of rows that the map did not see, among all rows of B. */
async function truth(model: never, { a, b }: { a: Matrix; b: Matrix }, rows: number[]) {
  const moved = await alignmentById('procrustes').transform(model, gathered(a, rows));
  const ranks = await partnerRanks(moved, b, rows, { engine: referenceEngine });
  const at = (k: number) => hitsAt(ranks, k).reduce((sum, hit) => sum + hit, 0) / rows.length;
  return { at1: at(1), at10: at(10) };
}

describe('what is to be expected of a map', () => {
  test('the intervals hold the recall of rows that it never saw', async () => {
    const both = spaces(900, 0.5);
    const known = rowsUpTo(300);
    const pairs = { a: known, b: known };
    const { model, heldOut, reembed } = await alignAndJudge({ ...both, pairs }, 'procrustes');
    const { at1, at10 } = await truth(model as never, both, rowsUpTo(900, 300));
    expect(heldOut?.recallAt1.low).toBeLessThan(at1);
    expect(heldOut?.recallAt1.high).toBeGreaterThan(at1);
    expect(heldOut?.recallAt10.low).toBeLessThan(at10);
    expect(heldOut?.recallAt10.high).toBeGreaterThan(at10);
    expect(heldOut).toMatchObject({ candidates: 900, asked: 300, folds: 5 });
    // Rows of one law: none is harder for where it lies, unless near the middle.
    expect(reembed?.rows.every((row) => row >= 300)).toBe(true);
  });

  test('near 1, recall is not foretold to grow with the pairs as it did', async () => {
    // Pairs are few beside 32 dimensions: half of four fifths of them find far fewer partners.
    const [n, d, known] = [400, 32, 160];
    let above = 0;
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const random = Random.fromSeed(seed);
      const a = Float64Array.from({ length: n * d }, () => random.normal());
      const b = a.map((x) => x + random.normal());
      const both = { a: matrix(a, n, d), b: matrix(b, n, d) };
      const pairs = { a: rowsUpTo(known), b: rowsUpTo(known) };
      const { model, heldOut } = await alignAndJudge({ ...both, pairs }, 'procrustes');
      const { at1 } = await truth(model as never, both, rowsUpTo(n, known));
      above += ((heldOut?.recallAt1.value ?? 0) - at1) / 6;
    }
    // Six means of 160 and 240 rows at a recall of 0.9 have a standard error of 0.03/√6; straight lines are 0.05 above.
    expect(Math.abs(above)).toBeLessThan(0.03);
  });

  test('a turned space without noise is to be used, and its interval is not a point', async () => {
    const both = spaces(120, 0);
    const { heldOut, verdict, chance } = await alignAndJudge(both, 'procrustes');
    expect(verdict).toBe('use');
    expect(heldOut?.recallAt1.value).toBe(1);
    expect(heldOut?.recallAt1.low).toBeCloseTo(0.025 ** (1 / 120), 12);
    expect(chance).toEqual({ recallAt1: 1 / 120, recallAt10: 10 / 120 });
  });

  test('mismatched pairs are at chance, not to be used, and told', async () => {
    const both = spaces(200, 0);
    const pairs = { a: rowsUpTo(200), b: Random.fromSeed(2).sample(200) };
    const { heldOut, verdict, warnings } = await alignAndJudge({ ...both, pairs }, 'procrustes');
    expect(verdict).toBe('do-not-use');
    expect(heldOut?.recallAt10.value).toBeLessThan(0.12);
    expect(warnings).toContain(
      'The map finds no more partners than chance: the pairs may be mismatched.',
    );
  });

  test('too few pairs give the map and no promise', async () => {
    const both = spaces(50, 0);
    const pairs = { a: rowsUpTo(7), b: rowsUpTo(7) };
    const judged = await alignAndJudge({ ...both, pairs }, 'procrustes');
    expect(judged).toMatchObject({ pairs: 7, heldOut: null, verdict: 'do-not-use', clusters: [] });
    expect(judged.warnings.at(-1)).toBe(
      '7 pairs are too few to hold any out: 10 or more say how well the map does.',
    );
  });

  test('clusters of B hold all its rows, the weakest first', async () => {
    const n = 400;
    const random = Random.fromSeed(3);
    // The second half of B has nothing to do with A but its clump.
    const a = Float64Array.from(
      { length: 4 * n },
      (_, e) => random.normal() + (e % 4 ? 0 : 1) * (e < 2 * n ? 9 : -9),
    );
    const b = a.map((x, e) => (e < 2 * n || e % 4 === 0 ? x : random.normal()));
    const { clusters } = await alignAndJudge(
      { a: matrix(a, n, 4), b: matrix(b, n, 4) },
      'procrustes',
    );
    expect(clusters.reduce((sum, { rows }) => sum + rows, 0)).toBe(n);
    expect(clusters[0].row).toBeGreaterThanOrEqual(n / 2);
    expect(clusters.at(-1)?.row).toBeLessThan(n / 2);
    const values = clusters.map(({ recallAt1 }) => recallAt1?.value ?? 2);
    expect(values).toEqual(values.toSorted((x, y) => x - y));
  });

  test('rows near pairs that fare badly come first to be re-embedded', async () => {
    const n = 600;
    const random = Random.fromSeed(4);
    const a = Float64Array.from(
      { length: 4 * n },
      (_, e) => random.normal() + (e % 4 ? 0 : 1) * (e < 2 * n ? 9 : -9),
    );
    const b = a.map((x, e) => (e < 2 * n || e % 4 === 0 ? x : 5 * random.normal()));
    const known = rowsUpTo(n).filter((row) => row % 3 > 0);
    const { reembed } = await alignAndJudge(
      { a: matrix(a, n, 4), b: matrix(b, n, 4), pairs: { a: known, b: known } },
      'procrustes',
    );
    expect(reembed?.rankCorrelation?.low).toBeGreaterThan(0);
    expect(reembed?.rows).toHaveLength(100);
    expect(reembed?.rows.every((row) => row >= n / 2 && row % 3 === 0)).toBe(true);
  });

  test('equal rows of A in several pairs are held out together', async () => {
    const both = spaces(60, 0.3);
    const pairs = { a: [...rowsUpTo(60), 0, 1], b: [...rowsUpTo(60), 5, 6] };
    const { heldOut } = await alignAndJudge({ ...both, pairs }, 'affine');
    expect(heldOut?.asked).toBe(62);
  });

  test('pairs that all share one row cannot be held out', async () => {
    const pairs = { a: new Int32Array(20), b: rowsUpTo(20) };
    const both = spaces(60, 0.3);
    const judged = await alignAndJudge(
      { a: both.a, b: both.b, pairs: { a: pairs.b, b: pairs.b.map((b) => (b < 19 ? b : 0)) } },
      'affine',
    );
    expect(judged.heldOut?.asked).toBe(20);
    // A star: every pair has row 0 of A, beside one of another row for the map to be fitted at all.
    const star = { a: [...pairs.a, 1, 2], b: [...pairs.b, 0, 1] };
    const { heldOut, warnings } = await alignAndJudge({ ...both, pairs: star }, 'affine');
    expect(heldOut).toBeNull();
    expect(warnings.at(-1)).toBe(
      'The pairs share rows, so that none can be held out: nothing says how well the map does.',
    );
  });

  test('maps into a space between move both sides', async () => {
    const { heldOut, verdict } = await alignAndJudge(spaces(150, 0.01), 'cca-subspace');
    expect(verdict).toBe('use');
    expect(heldOut?.recallAt1.value).toBeGreaterThan(0.98);
  });

  test('the same seed gives the same judgement; folds below two are refused', async () => {
    const both = spaces(100, 0.4);
    const { model: _, ...first } = await alignAndJudge(both, 'relative', { anchors: 30 });
    const { model: __, ...second } = await alignAndJudge(both, 'relative', { anchors: 30 });
    expect(second).toEqual(first);
    await expect(alignAndJudge(both, 'relative', {}, { folds: 1 })).rejects.toThrow(
      'align: option "folds" must be a whole number from 2 on',
    );
  });
});
