import { describe, expect, test } from 'vitest';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { spearman } from '../../core/ranks.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { koleo } from '../objectives/index.ts';
import { sentenceEncoder } from './sentence-encoder.ts';

const TOPICS = [
  'rain snow wind storm cloud',
  'song jazz play tune band',
  'bank money loan cash coin',
  'soup bread cook meal salt',
].map((words) => words.split(' '));

/** Pairs of texts without a word in common, of three words of one topic each. */
function pairsOf(n: number, seed = 1) {
  const random = Random.fromSeed(seed);
  const drawn = Array.from({ length: n }, (_, i) => {
    const words = TOPICS[i % 4];
    const order = Array.from(random.sample(5), (at) => words[at]);
    return [order.slice(0, 3).join(' '), order.slice(3).join(' ')] as const;
  });
  return { texts: drawn.map(([a]) => a), translations: drawn.map(([, b]) => b) };
}

const small = {
  ...{ dim: 8, blocks: 2, heads: 1, minCount: 1, batch: 16, heldOut: 0 },
  ...{ steps: 60, learningRate: 0.01 },
};

/** The share of texts of one topic that are nearer than those of another. */
function told(a: Matrix, b: Matrix): number {
  const cosine = (i: number, j: number) => {
    let sum = 0;
    for (let c = 0; c < a.cols; c++) sum += a.data[i * a.cols + c] * b.data[j * b.cols + c];
    return sum;
  };
  let right = 0;
  for (let i = 0; i < a.rows; i++) if (cosine(i, i) > cosine(i, (i + 1) % a.rows)) right += 1;
  return right / a.rows;
}

const embedded = async (
  model: Parameters<typeof sentenceEncoder.embed>[0],
  texts: readonly string[],
  cut = {},
) => (await sentenceEncoder.embed(model, { texts }, { cut })).points;

describe('sentence-encoder', () => {
  test.each(['fixed', 'random'] as const)(
    '%s: partners without a common word lie together at every cut',
    async (cutting) => {
      const { model } = await sentenceEncoder(pairsOf(200), { ...small, cutting });
      const other = pairsOf(40, 2);
      for (const cut of [{}, { layer: 1, dims: 4 }, { layer: 2, dims: 4 }, { layer: 1 }]) {
        const [a, b] = [
          await embedded(model, other.texts, cut),
          await embedded(model, other.translations, cut),
        ];
        // The next pair is of another topic; chance tells half.
        expect(told(a, b)).toBeGreaterThan(0.9);
      }
    },
  );

  test('an encoder of one block is the first block of the same that was left whole', async () => {
    const pairs = pairsOf(40);
    const options = { ...small, steps: 1, learningRate: 1e-12 };
    const deep = await sentenceEncoder(pairs, options);
    const flat = await sentenceEncoder(pairs, { ...options, blocks: 1 });
    const cut = await embedded(deep.model, pairs.texts, { layer: 1 });
    const whole = await embedded(flat.model, pairs.texts);
    // Parameters begin by their names; one step of nearly 0 moves the last digit at most.
    expect([...cut.data]).toEqual([...whole.data].map((x) => expect.closeTo(x, 5)));
  });

  test('fewer columns are the first ones at length 1', async () => {
    const { model } = await sentenceEncoder(pairsOf(40), { ...small, steps: 3 });
    const { texts } = pairsOf(4, 3);
    const [whole, short] = [
      await embedded(model, texts),
      await embedded(model, texts, { dims: 3 }),
    ];
    for (let i = 0; i < 4; i++) {
      const first = whole.data.slice(i * 8, i * 8 + 3);
      const length = Math.hypot(...first);
      for (let c = 0; c < 3; c++) expect(short.data[i * 3 + c]).toBeCloseTo(first[c] / length, 6);
    }
  });

  test('the embedding are the first columns of wider states', async () => {
    const options = { ...small, steps: 3, cutting: 'none' } as const;
    const { model } = await sentenceEncoder(pairsOf(40), { ...options, dim: 4, states: 8 });
    expect(model.parameters[0].shape[1]).toBe(8);
    const points = await embedded(model, ['rain snow']);
    expect(points.cols).toBe(4);
    expect(Math.hypot(...points.data)).toBeCloseTo(1, 6);
  });

  test('each text is embedded alone as among longer ones, also from a saved model', async () => {
    const { model } = await sentenceEncoder(pairsOf(40), { ...small, steps: 5 });
    const texts = ['rain', ...pairsOf(30, 2).texts, 'rain '.repeat(50)];
    const stored = await decodeModel(encodeModel(model), 'm');
    for (const cut of [{}, { layer: 1, dims: 4 }]) {
      const all = await embedded(stored, texts, cut);
      for (const row of [0, 7, 31])
        expect((await embedded(model, [texts[row]], cut)).data).toEqual(gathered(all, [row]).data);
    }
  });

  test('the order of words counts', async () => {
    const { model } = await sentenceEncoder(pairsOf(40), { ...small, steps: 5 });
    const [one, other] = [
      await embedded(model, ['rain on bank']),
      await embedded(model, ['bank on rain']),
    ];
    expect(one.data).not.toEqual(other.data);
  });

  test('the report is of held-out pairs at every cut', async () => {
    const { report } = await sentenceEncoder(pairsOf(80), { ...small, heldOut: 0.25, steps: 3 });
    expect(Object.keys(report)).toEqual(['heldOut', 'recallAt1', 'recallAt1Layer1Dims4']);
    expect(report['heldOut']).toBe(20);
  });

  test('graded pairs are ordered as they are scored', async () => {
    const { texts } = pairsOf(120);
    const partners = Array.from({ length: 120 }, (_, i) => texts[(i + (i % 3)) % 120]);
    // The same text, one of the next topic, one of the topic after it.
    const scores = Array.from({ length: 120 }, (_, i) => 5 - 2 * (i % 3));
    const examples = { texts, translations: partners, scores };
    const learned = await sentenceEncoder(examples, { ...small, heldOut: 0.25 });
    expect(Object.keys(learned.report)).toEqual(['heldOut', 'spearman', 'spearmanLayer1Dims4']);
    const { points: a } = await sentenceEncoder.embed(learned.model, { texts });
    const { points: b } = await sentenceEncoder.embed(learned.model, { texts: partners });
    const cosines = Array.from({ length: 120 }, (_, i) => {
      let sum = 0;
      for (let c = i * 8; c < i * 8 + 8; c++) sum += a.data[c] * b.data[c];
      return sum;
    });
    expect(spearman(cosines, scores)).toBeGreaterThan(0.8);
  });

  test('a dispersion objective sees the unit rows of the embedding, whatever a step draws', async () => {
    const bound = koleo.bind();
    const seen: number[] = [];
    const spread: typeof bound = {
      ...bound,
      lossAndGradient(points, ...rest) {
        seen.push(points.cols, Math.hypot(...points.data.slice(0, points.cols)));
        return bound.lossAndGradient(points, ...rest);
      },
    };
    const options = { ...small, cutting: 'random', dim: 4, states: 8, steps: 2 } as const;
    await sentenceEncoder(pairsOf(40), options, { spread });
    expect(seen).toEqual([4, expect.closeTo(1, 6), 4, expect.closeTo(1, 6)]);
  });

  test('a cut that was not trained comes with a sentence', async () => {
    const { model } = await sentenceEncoder(pairsOf(40), { ...small, steps: 1 });
    const texts = ['rain'];
    const remark = async (cut: object) =>
      (await sentenceEncoder.embed(model, { texts }, { cut })).remark;
    expect(await remark({ layer: 1, dims: 4 })).toBeUndefined();
    expect(await remark({})).toBeUndefined();
    expect(await remark({ layer: 1 })).toBe(
      'The model was not trained to be cut to --layer 1 --dims 8; it was to --layer 1 --dims 4, --layer 2 --dims 8.',
    );
    await expect(remark({ layer: 3 })).rejects.toThrow(
      'sentence-encoder: option "layer" must be a whole number from 1 to 2, the blocks of the model; got 3.',
    );
    await expect(remark({ dims: 0 })).rejects.toThrow(
      'sentence-encoder: option "dims" must be a whole number from 1 to 8, the columns of the model; got 0.',
    );
  });

  test('a run that is killed and resumed ends with the same bytes', async () => {
    const options = { ...small, steps: 12, cutting: 'random' } as const;
    const whole = await sentenceEncoder(pairsOf(40), options);
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = sentenceEncoder(pairsOf(40), options, {
      signal: controller.signal,
      checkpoint: { store, every: 5 },
      onStep: ({ step }) => {
        if (step === 7) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const again = { checkpoint: { store }, resume: true };
    const rest = await sentenceEncoder(pairsOf(40), options, again);
    expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
    const scored = { ...pairsOf(40), scores: Array.from({ length: 40 }, (_, i) => i) };
    await expect(sentenceEncoder(scored, options, again)).rejects.toThrow('scores');
  });

  test('equal pairs are taken as they are: nothing tells them apart', async () => {
    const texts = Array.from({ length: 8 }, () => 'one text');
    const { losses } = await sentenceEncoder(
      { texts, translations: texts },
      { ...small, blocks: 1, batch: 8, steps: 20 },
    );
    expect(losses[19]).toBeCloseTo(Math.log(8), 5);
  });

  test('says what does not fit', async () => {
    const pairs = pairsOf(20);
    const refused = (examples: object, options: object = {}) =>
      expect(sentenceEncoder({ ...pairs, ...examples }, { ...small, ...options })).rejects;
    await refused({ translations: undefined }).toThrow(
      'sentence-encoder: translations are needed.',
    );
    await refused({ translations: pairs.texts.slice(1) }).toThrow(
      'sentence-encoder: expected 20 translations, one an example; got 19.',
    );
    await refused({ texts: pairs.texts.with(3, '') }).toThrow('sentence-encoder: text 3 is empty.');
    await refused({ translations: pairs.texts.with(3, '?!') }).toThrow(
      'sentence-encoder, translations: text 3 has no word: "?!"; tokens byte-pairs take signs too.',
    );
    const one = { texts: ['a'], translations: ['b'] };
    await refused(one).toThrow(
      'sentence-encoder: expected two pairs or more to learn from; got 1 of 1.',
    );
    await refused({}, { batch: 1 }).toThrow('option "batch" must be at least 2; got 1.');
    await refused({}, { states: 4 }).toThrow(
      'option "states" must be at least 8, the columns (dim); got 4.',
    );
    await refused({}, { heads: 3 }).toThrow(
      'option "heads" must be a divisor of the 8 columns of the states; got 3.',
    );
    await refused({}, { cuts: 3 }).toThrow('option "cuts" must be at most 2, the blocks; got 3.');
    const scores = pairs.texts.map((_, i) => i);
    await refused({ scores: scores.slice(1) }).toThrow(
      'sentence-encoder: expected 20 scores, one an example; got 19.',
    );
    await refused({ scores: scores.with(2, Number.NaN) }).toThrow(
      'sentence-encoder: the score of row 2 is NaN (counted from 0); give a number, or leave the row out.',
    );
    await refused({ scores: scores.fill(3) }).toThrow(
      'sentence-encoder: all scores are 3, and there is no order to learn; without scores partners are told from others.',
    );
  });
});
