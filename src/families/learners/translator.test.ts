import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { sliced } from '../objectives/index.ts';
import { classifier, translate, translator } from './index.ts';

const WORDS = ['nul', 'een', 'twee', 'drie', 'vier', 'vijf'];

/** Rows of three digits, and the digits in words, the last one first. */
function digits(n: number, seed = 1) {
  const random = Random.fromSeed(seed);
  const rows = Array.from({ length: n }, () => [0, 1, 2].map(() => random.integer(6)));
  const wordsOf = (row: readonly number[]) => row.map((digit) => WORDS[digit]).toReversed();
  return {
    texts: rows.map((row) => row.join(' ')),
    translations: rows.map((row) => wordsOf(row).join(' ')),
  };
}

const small = {
  units: 'words',
  dim: 32,
  steps: 150,
  batch: 32,
  learningRate: 0.01,
  dropout: 0,
  heldOut: 0.2,
} as const;

const tiny = { ...small, dim: 8, steps: 12, batch: 8 } as const;

describe('translator', () => {
  test.each([
    { architecture: 'gru' },
    { architecture: 'transformer', heads: 2 },
    { outputs: 'continuous', table: 'fixed' },
    { table: 'euclidean' },
    { units: 'byte-pairs' },
  ] as const)('%o learns words that change places', async (own) => {
    const { report } = await translator(digits(160), { ...small, ...own });
    const { heldOut, leftOut, chrf, accuracy } = report;
    expect([heldOut, leftOut]).toEqual([32, 0]);
    expect(chrf).toBeGreaterThan(80);
    expect(accuracy).toBeGreaterThan(0.8);
  });

  test('a saved model translates as the one that was trained', async () => {
    const { texts, translations } = digits(160);
    const { model } = await translator({ texts, translations }, { ...small, heldOut: 0 });
    const stored = await decodeModel(encodeModel(model), 'model');
    expect(await translate(stored, ['3 0 1', '5'])).toEqual(await translate(model, ['3 0 1', '5']));
    expect(await translate(stored, ['3 0 1'])).toEqual(['een nul drie']);
  });

  test('a translation has no unknown word, and is as long as the longest pair at most', async () => {
    const examples = digits(40);
    const options = { ...tiny, vocabulary: 2, longest: 5 };
    const { model } = await translator(examples, options);
    for (const text of await translate(model, ['3 0 1', '', '1 1 1 1 1 1 1 1'])) {
      expect(text).not.toContain('<unk>');
      expect(text === '' ? 0 : text.split(' ').length).toBeLessThanOrEqual(5);
    }
  });

  test('embedding gives the rows of the decoder’s table by unit', async () => {
    const { model } = await translator(digits(40), tiny);
    const { points, labels } = await translator.embed(model, {});
    expect(labels).toEqual(['<unk>', ...(labels ?? []).slice(1, -1), '<end>']);
    expect((labels ?? []).slice(1, -1).toSorted()).toEqual(WORDS.toSorted());
    expect([points.rows, points.cols]).toEqual([8, 8]);
    for (let i = 0; i < 8; i++)
      expect(Math.hypot(...points.data.subarray(8 * i, 8 * i + 8))).toBeCloseTo(1, 5);
  });

  test('byte pairs are labelled by their text, blanks by ▁, bytes that are none by their number', async () => {
    const { model } = await translator(digits(40), {
      ...tiny,
      units: 'byte-pairs',
      vocabulary: 300,
    });
    const { labels = [] } = await translator.embed(model, {});
    expect(labels[0x0a]).toBe('<0x0A>');
    expect(labels[0x20]).toBe('▁');
    expect(labels[0x61]).toBe('a');
    expect(labels[0xc3]).toBe('<0xC3>');
    expect(labels).toContain('▁twee');
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('a fixed table stays; sliced dispersion lifts the variance of a learned one', async () => {
    const variance = async (own: object, run = {}) => {
      const { model } = await translator(digits(60), { ...small, ...own }, run);
      const { data, rows, cols } = (await translator.embed(model, {})).points;
      const mean = new Float64Array(cols);
      for (let e = 0; e < data.length; e++) mean[e % cols] += data[e] / rows;
      return 1 - Math.hypot(...mean);
    };
    const fixed = { outputs: 'continuous', table: 'fixed' } as const;
    expect(await variance({ ...fixed, steps: 1 })).toBe(await variance({ ...fixed, steps: 20 }));
    const learned = { outputs: 'continuous', steps: 60, spreadWeight: 1 } as const;
    const spread = sliced.bind({ circles: 4 });
    expect(await variance(learned, { spread })).toBeGreaterThan(await variance(learned));
  });

  test('a run that is killed and resumed ends with the same bytes', async () => {
    const examples = digits(40);
    const options = { ...tiny, dropout: 0.2 };
    const whole = await translator(examples, options);
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = translator(examples, options, {
      signal: controller.signal,
      checkpoint: { store, every: 5 },
      onStep: ({ step }) => {
        if (step === 7) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const rest = await translator(examples, options, { checkpoint: { store }, resume: true });
    expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
  });

  test('pairs that are too long are left out and counted', async () => {
    const { texts, translations } = digits(30);
    const examples = { texts: [...texts, '1 2 3 4 5'], translations: [...translations, 'een'] };
    const options = { ...tiny, longest: 4, heldOut: 0 };
    expect((await translator(examples, options)).report).toEqual({ leftOut: 1 });
    await expect(translator(examples, { ...options, longest: 2 })).rejects.toThrow(
      'translator: all pairs have sentences of more than 2 units; a larger longest is needed.',
    );
  });

  test('the epoch that is best on pairs of their own is kept, and others are measured', async () => {
    const options = { ...tiny, heldOut: 0.2, validation: 0.25, patience: 1, steps: 40 };
    const { report } = await translator(digits(30), options);
    const { bestStep, validationAccuracy } = report;
    expect(report).toMatchObject({ heldOut: 6, leftOut: 0 });
    expect(bestStep).toBeGreaterThan(0);
    expect(validationAccuracy).toBeGreaterThanOrEqual(0);
    await expect(translator(digits(30), { ...tiny, patience: 1 })).rejects.toThrow(
      'translator: option "patience" must be 0 without rows to wait for (validation, --validation); got 1.',
    );
  });

  test('says what does not fit', async () => {
    const { texts, translations } = digits(10);
    await expect(
      translator({ texts, translations: ['', ...translations.slice(1)] }, tiny),
    ).rejects.toThrow(
      'translator: row 0 of the translations is empty (counted from 0); leave the pair out.',
    );
    await expect(translator({ texts }, tiny)).rejects.toThrow(
      'translator: translations are needed.',
    );
    await expect(translator({ texts, translations: translations.slice(1) }, tiny)).rejects.toThrow(
      'translator: expected 10 translations, one an example; got 9.',
    );
    await expect(translator({ texts, translations }, { ...tiny, heads: 3 })).rejects.toThrow(
      'attention: option "heads" must be a whole number that divides 8 columns; got 3.',
    );
    const points = matrix(Float32Array.of(1, 0, 0, 1, 1, 1, 0, 0), 4, 2);
    const classes = ['a', 'b', 'a', 'b'];
    const { model } = await classifier({ points, classes }, { dim: 2, steps: 1, heldOut: 0 });
    await expect(translate(model, ['3'])).rejects.toThrow(
      'translator: the model was made by classifier; translate needs one by translator.',
    );
  });
});
