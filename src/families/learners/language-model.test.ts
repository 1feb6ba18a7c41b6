import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { koleo } from '../objectives/index.ts';
import { languageModel } from './language-model.ts';
import { tokenStates } from './public.ts';
import { perplexity, quarterBounds } from './support/perplexity.ts';
import { windowsOf } from './support/windows.ts';
import { tokenStream, vocabularyOf, wordsOf } from './support/word-tokens.ts';

/** Sentences in which the second word follows from the first, and the first is anyone's guess. */
function texts(n: number): readonly string[] {
  const random = Random.fromSeed(1);
  const pairs = ['red blood', 'green grass', 'blue sky', 'white snow'];
  return Array.from({ length: n }, () =>
    Array.from({ length: 6 }, () => pairs[random.integer(4)]).join(' '),
  );
}

const small = { dim: 8, context: 8, batch: 8, steps: 150, learningRate: 0.02, heldOut: 0.2 };

describe('words', () => {
  test('are letters with the apostrophes inside them, in small letters, and signs alone', () => {
    expect(wordsOf("The nation's 3rd 'Été', x-ray…")).toEqual([
      'the',
      "nation's",
      '3rd',
      "'",
      'été',
      "'",
      ',',
      'x',
      '-',
      'ray',
      '…',
    ]);
  });

  test('are kept by frequency, then in the order in which they are met', () => {
    expect(vocabularyOf('test', ['b a c a', 'd a b'], 5)).toEqual({
      tokens: ['<unknown>', '<end>', 'a', 'b', 'c'],
      counts: [1, 3, 3, 2, 1],
    });
  });

  test('of a text that writes the special tokens are others', () => {
    const { tokens } = vocabularyOf('test', ['<end> <unknown>'], 9);
    expect(tokens).toEqual(['<unknown>', '<end>', '<', '>', 'end', 'unknown']);
  });

  test('become numbers, unknown ones 0, with an end around each text', () => {
    const tokens = ['<unknown>', '<end>', 'a', 'b'];
    expect([...tokenStream(['a z', 'B'], tokens)]).toEqual([1, 2, 0, 1, 3, 1]);
  });
});

test('windows have every token but the first as a target once, and none behind the last', () => {
  const windows = windowsOf(Int32Array.of(5, 6, 7, 8, 9, 4), 3);
  expect(windows.count).toBe(2);
  expect([...windows.inputs([1, 0])]).toEqual([8, 9, 4, 5, 6, 7]);
  expect([...windows.targets([1, 0])]).toEqual([9, 4, -1, 6, 7, 8]);
});

test('perplexity is e to the mean surprise; quarters leave the special tokens out', () => {
  const counts = Int32Array.of(5, 5, 1, 2, 1, 0, 3, 0);
  const sums = Float64Array.from(counts, (count, i) => count * Math.log(i + 1));
  expect(perplexity({ sums, counts }, 6, 7)).toBeCloseTo(7, 12);
  expect(perplexity({ sums, counts }, 2, 4)).toBeCloseTo((3 * 4 * 4) ** (1 / 3), 12);
  expect(perplexity({ sums, counts }, 7, 8)).toBeNaN();
  expect(quarterBounds(10)).toEqual([2, 4, 6, 8, 10]);
});

describe('language-model', () => {
  test.each(['euclidean', 'spherical'] as const)(
    'a %s table learns what follows',
    async (table) => {
      const { report } = await languageModel({ texts: texts(60) }, { ...small, table, scale: 2 });
      const { perplexity: found } = report;
      // Of 13 tokens six are one of four, and the others follow: 4^(6/13) = 1.90 at best; by frequency 8 or more.
      expect(found).toBeLessThan(3);
      expect(found).toBeGreaterThan(1.8);
      expect(report).toMatchObject({ heldOutTokens: 12 * 13, vocabulary: 10, unknown: 0 });
    },
  );

  test('its rows stay on the sphere where they begin there, and are what is embedded', async () => {
    const examples = { texts: texts(10) };
    const { model } = await languageModel(examples, { ...small, steps: 20, table: 'spherical' });
    const stored = await decodeModel(encodeModel(model), 'model');
    const { points, labels } = await languageModel.embed(stored, {});
    const [{ data }] = model.parameters;
    expect(points).toEqual({ data, rows: 10, cols: 8 });
    expect(labels?.slice(0, 2)).toEqual(['<unknown>', '<end>']);
    for (let i = 0; i < 10; i++)
      expect(Math.hypot(...data.subarray(8 * i, 8 * i + 8))).toBeCloseTo(1, 5);
  });

  test.each(['euclidean', 'spherical'] as const)(
    'a dispersion objective keeps the rows of a %s table further apart',
    async (table) => {
      const spreadOf = async (run: object) => {
        const options = { ...small, dim: 2, heads: 1, steps: 60, spreadWeight: 2, table };
        const { model } = await languageModel({ texts: texts(20) }, options, run);
        const { points } = await languageModel.embed(model, {});
        const unit = points.data.map((value, e) => {
          const start = e - (e % 2);
          return value / Math.hypot(points.data[start], points.data[start + 1]);
        });
        return (await koleo({ data: unit, rows: points.rows, cols: 2 })).loss;
      };
      expect(await spreadOf({ spread: koleo.bind() })).toBeLessThan(await spreadOf({}));
    },
  );

  test('a run that is killed and resumed ends with the same bytes', async () => {
    const examples = { texts: texts(10) };
    const options = { ...small, steps: 30, table: 'spherical' } as const;
    const spread = koleo.bind();
    const whole = await languageModel(examples, options, { spread });
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = languageModel(examples, options, {
      spread,
      signal: controller.signal,
      checkpoint: { store, every: 10 },
      onStep: ({ step }) => {
        if (step === 17) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const rest = await languageModel(examples, options, {
      spread,
      checkpoint: { store },
      resume: true,
    });
    expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
  });

  test('one text is all trained on, and its perplexity says so', async () => {
    const { report } = await languageModel({ texts: texts(1) }, { ...small, steps: 2 });
    const { trainPerplexity } = report;
    expect(report).not.toHaveProperty('perplexity');
    expect(trainPerplexity).toBeGreaterThan(1);
  });

  test('gives the states of tokens that others follow, and how well it foresees those', async () => {
    const { model, report } = await languageModel({ texts: texts(1) }, { ...small, steps: 2 });
    const { points, labels, perplexity: found } = await tokenStates(model, texts(1));
    const { trainPerplexity } = report;
    expect(labels).toEqual(['<end>', ...texts(1)[0].split(' ')]);
    expect([points.rows, points.cols]).toEqual([13, 8]);
    expect(found).toBe(trainPerplexity);
    const twice = await tokenStates(model, [...texts(1), 'red blood']);
    expect(twice.labels).toEqual([...labels, '<end>', 'red', 'blood']);
    // A state depends on what stands before it in its window of eight alone.
    expect(twice.points.data.subarray(0, 13 * 8)).toEqual(points.data);
  });

  test('states of a model of another learner are refused', async () => {
    const model = { kind: 'classifier', settings: {}, parameters: [] };
    await expect(tokenStates(model, texts(1))).rejects.toThrow(
      'a model of language-model is expected; it was made by classifier.',
    );
  });

  test('says what does not fit', async () => {
    await expect(languageModel({}, small)).rejects.toThrow('language-model: texts are needed.');
    await expect(languageModel({ texts: [' ', '\n'] }, small)).rejects.toThrow(
      'language-model: there is no word in 2 texts.',
    );
    await expect(languageModel({ texts: texts(3) }, { ...small, heads: 3 })).rejects.toThrow(
      'language-model: option "heads" must be a divisor of dim, 8; got 3.',
    );
  });
});
