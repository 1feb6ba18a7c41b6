import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, rows, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { rowNorms } from '../../core/rows.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { loadCora } from '../../io/datasets/cora.ts';
import { loadGlove } from '../../io/datasets/glove.ts';
import { loadPackageDescriptions } from '../../io/datasets/package-descriptions.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { PARITY_VERDICTS } from './contract.ts';
import { injectedFaults } from './faults.ts';
import { parity } from './parity.ts';

type Points = Matrix<Float32Array>;

/** Another way to see the same words: signed hashes of their letters by three. */
function spelling(texts: readonly string[], d: number): Points {
  const out = zeros(texts.length, d);
  for (const [i, text] of texts.entries()) {
    const padded = `<${text}>`;
    for (let at = 0; at + 3 <= padded.length; at++) {
      const random = Random.fromSeed(0).fork(padded.slice(at, at + 3));
      out.data[i * d + random.integer(d)] += random.uniform() < 0.5 ? -1 : 1;
    }
  }
  return out;
}

/** The columns that vary most, and the rows that are left with something; rows of unit length. */
function dense(m: Points, n: number, d: number): Points {
  const counts = new Float64Array(m.cols);
  for (let i = 0; i < m.data.length; i++) counts[i % m.cols] += m.data[i];
  const columns = [...counts.keys()].sort((p, q) => counts[q] - counts[p] || p - q).slice(0, d);
  const cut = zeros(m.rows, d);
  for (let i = 0; i < m.rows; i++) {
    for (const [c, column] of columns.entries()) cut.data[i * d + c] = m.data[i * m.cols + column];
  }
  const norms = rowNorms(cut);
  for (let i = 0; i < cut.data.length; i++) cut.data[i] /= norms[Math.floor(i / d)] || 1;
  const kept = [...norms.keys()].filter((i) => norms[i] > 0).slice(0, n);
  return gathered(cut, kept);
}

const sets: Readonly<Record<string, () => Promise<Points>>> = {
  GloVe: async () => rows((await loadGlove()).points, 1000, 2200),
  'package descriptions': async () => rows((await loadPackageDescriptions()).points, 0, 900),
  'Cora’s 200 most frequent words': async () => dense((await loadCora()).points, 1200, 200),
};

describe('eleven faults, and none, are told apart', () => {
  for (const [name, load] of Object.entries(sets)) {
    test(name, async () => {
      const engine = await chooseEngine('auto', { threads: 1 });
      try {
        for (const { name: fault, expected, a, b } of await injectedFaults(await load(), engine)) {
          const found = await parity(a, b, engine);
          expect(found.verdict, `${fault}: ${JSON.stringify(found)}`).toBe(expected);
          expect(found.sentence).toMatch(/^[A-Z].*\.$/s);
          expect(found.evidence.length).toBeGreaterThan(0);
        }
      } finally {
        await engine.dispose();
      }
    });
  }
});

describe('another model', () => {
  test('spelling is another model of words than GloVe', async () => {
    const { points, labels = [] } = await loadGlove();
    const [a, words] = [rows(points, 1000, 2200), labels.slice(1000, 2200)];
    const found = await parity(a, spelling(words, 100), await chooseEngine('auto', { threads: 1 }));
    expect(found.verdict).toBe('another-model');
  });

  test('letters are another model of package descriptions', async () => {
    const { points, columns } = await loadPackageDescriptions();
    const { description = [] } = columns ?? {};
    const texts = Array.from(description, String).slice(0, 900);
    const a = rows(points, 0, 900);
    const found = await parity(a, spelling(texts, 512), await chooseEngine('auto', { threads: 1 }));
    expect(found.verdict).toBe('another-model');
  });

  test('independent rows are unrelated, in as many dimensions or in others', async () => {
    const a = normalMatrix(200, 10, 1);
    for (const d of [10, 14]) {
      const { verdict } = await parity(a, normalMatrix(200, d, 2), referenceEngine);
      expect(verdict).toBe('unrelated');
    }
  });
});

describe('the other verdicts', () => {
  const a = normalMatrix(300, 12, 5);
  const changed = (change: (x: number, i: number) => number) => ({
    ...a,
    data: a.data.map(change),
  });
  const verdictOf = async (b: Matrix) => (await parity(a, b, referenceEngine)).verdict;

  test('half precision is rounding; a factor is a scale; a removed common component is named', async () => {
    const half = (x: number) =>
      Math.round(x * 2 ** 10 * 2 ** -Math.floor(Math.log2(Math.abs(x)))) *
      2 ** -10 *
      2 ** Math.floor(Math.log2(Math.abs(x)));
    expect(await verdictOf(changed(half))).toBe('rounding');
    expect(await verdictOf(changed((x) => 3 * x))).toBe('scaled');
    const meanOfRow = (i: number) => {
      const from = i - (i % 12);
      return a.data.subarray(from, from + 12).reduce((sum, x) => sum + x / 12, 0);
    };
    const removed = changed((x, i) => x - meanOfRow(i));
    expect(await verdictOf(removed)).toBe('removed-component');
  });

  test('much noise that is alike in all directions is noise, not another pooling', async () => {
    const uneven = changed((x, i) => x / (1 + (i % 12)));
    const random = Random.fromSeed(4);
    const noisy = { ...uneven, data: uneven.data.map((x) => x + 0.12 * random.normal()) };
    const found = await parity(uneven, noisy, referenceEngine);
    expect(found.verdict).toBe('quantization');
    expect(found.sentence).toContain('alike in all directions: quantisation to few bits, or noise');
    expect(found.evidence.find(({ id }) => id === 'mean-row-cosine')?.value).toBeLessThan(0.96);
  });

  test('shifted rows say by how many; dimensions set to zero are truncation', async () => {
    const cycled = gathered(
      a,
      Array.from({ length: 300 }, (_, i) => (i + 1) % 300),
    );
    const found = await parity(a, cycled, referenceEngine);
    expect(found.sentence).toBe(
      'The rows of B are those of A in another order: they are shifted by 1.',
    );
    expect(await verdictOf(changed((x, i) => (i % 12 > 7 ? 0 : x)))).toBe('truncated');
  });

  test('every test’s number stands with its bound; the decision is the last one’s', async () => {
    const { evidence, verdict } = await parity(
      a,
      changed((x) => -x),
      referenceEngine,
    );
    expect(verdict).toBe('flipped-columns');
    for (const { value, bound, operator, holds } of evidence) {
      if (value === null) continue;
      expect(holds).toBe(operator === '>=' ? value >= bound : value <= bound);
    }
    expect(PARITY_VERDICTS).toContain(verdict);
  });

  test('the same seed gives the same result; fewer than eight rows are refused', async () => {
    const b = normalMatrix(300, 12, 6);
    expect(await parity(a, b, referenceEngine)).toEqual(await parity(a, b, referenceEngine));
    const few = normalMatrix(7, 3, 1);
    await expect(parity(few, few, referenceEngine)).rejects.toThrow('parity: expected at least 8');
  });
});
