import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { decodeModel, encodeModel, type ModelSettings } from '../../learning/index.ts';
import { koleo } from '../objectives/index.ts';
import { bagsOf, encodedTexts, learnTokens, tokenizerOf, tokensOfClasses } from './support/bags.ts';
import { HEADS } from './support/heads.ts';
import { textClassifier } from './text-classifier.ts';

const TOPICS = [
  'rain snow wind sun cloud',
  'song jazz play loud album',
  'bank money loan card pay',
  'eat soup bread cook salt',
  'bus train fly road car',
].map((words) => words.split(' '));
const COMMON = 'please the a now is'.split(' ');

/** Texts of three words of a topic among words of all. */
function topics(n: number) {
  const random = Random.fromSeed(3);
  const of = (words: readonly string[]) => words[Math.floor(random.uniform() * words.length)];
  const texts = Array.from({ length: n }, (_, i) => {
    const own = TOPICS[i % 5];
    return [of(COMMON), of(own), of(own), of(COMMON), of(own)].join(' ');
  });
  return { texts, classes: texts.map((_, i) => `topic ${i % 5}`) };
}

const small = { steps: 100, batch: 32, dim: 6, learningRate: 0.02, heldOut: 0.2 };

describe('text-classifier', () => {
  test.each(HEADS)('topics are learned with the head %s', async (head) => {
    const run = head === 'dispersed' ? { spread: koleo.bind() } : {};
    const { report } = await textClassifier(topics(200), { ...small, head }, run);
    const { accuracy, majority } = report;
    expect(majority).toBeLessThan(0.4);
    expect(accuracy).toBeGreaterThan(0.9);
  });

  test.each([
    { tokens: 'byte-pairs', vocabulary: 300 },
    { table: 'sphere' },
    { hidden: 16 },
    { table: 'sphere', hidden: 16 },
  ] as const)('and with %j', async (options) => {
    const { report } = await textClassifier(topics(200), { ...small, ...options });
    const { accuracy } = report;
    expect(accuracy).toBeGreaterThan(0.9);
  });

  test('tokens on the sphere stay there', async () => {
    const { model } = await textClassifier(topics(40), { ...small, table: 'sphere' });
    const data = model.parameters[0].data;
    for (let i = 0; i < data.length; i += 6)
      expect(Math.hypot(...data.subarray(i, i + 6))).toBeCloseTo(1, 5);
  });

  test('the embedding is the mean of the vectors of the words, and their order does not matter', async () => {
    const { model } = await textClassifier(topics(40), small);
    const [{ data }] = model.parameters;
    const { words } = model.settings as { readonly words: readonly string[] } & ModelSettings;
    const vector = (word: string) =>
      data.subarray(6 * words.indexOf(word), 6 * words.indexOf(word) + 6);
    const texts = ['Rain, jazz!', 'jazz rain', 'never-heard'];
    const { points } = await textClassifier.embed(model, { texts });
    const wanted = vector('rain').map((x, c) => Math.fround((x + vector('jazz')[c]) / 2));
    expect(points.data.subarray(0, 6)).toEqual(wanted);
    expect(points.data.subarray(6, 12)).toEqual(points.data.subarray(0, 6));
    // Both words of the last text are the unknown one.
    expect(points.data.subarray(12)).toEqual(vector('<unk>'));
  });

  test('a saved model gives the embeddings of the one that was trained', async () => {
    const examples = topics(60);
    for (const tokens of ['words', 'byte-pairs'] as const) {
      const { model } = await textClassifier(examples, { ...small, tokens });
      const stored = await decodeModel(encodeModel(model), 'model');
      const own = await textClassifier.embed(model, examples);
      const again = await textClassifier.embed(stored, examples);
      expect([own.points.rows, own.points.cols]).toEqual([60, 6]);
      expect(again.points.data).toEqual(own.points.data);
    }
  });

  test.each([
    ['classes', 'head.weight'],
    ['tokens', 'tokens.weight'],
  ] as const)('a dispersion objective on %s spreads %s', async (spreadOn, name) => {
    const loss = async (run: object) => {
      const options = { ...small, dim: 3, table: 'sphere', spreadOn, spreadWeight: 1 } as const;
      const { model } = await textClassifier(topics(100), options, run);
      const data = model.parameters.find((own) => own.name === name)?.data ?? new Float32Array(0);
      return (await koleo({ data, rows: data.length / 3, cols: 3 })).loss;
    };
    expect(await loss({ spread: koleo.bind() })).toBeLessThan(await loss({}));
  });

  test('says what does not fit', async () => {
    const { texts, classes } = topics(20);
    const run = (more: object, options = {}) =>
      textClassifier({ texts, classes, ...more }, { ...small, ...options });
    await expect(run({ texts: undefined })).rejects.toThrow('text-classifier: texts are needed.');
    await expect(run({ texts: texts.with(3, '') })).rejects.toThrow(
      'text-classifier: text 3 is empty.',
    );
    await expect(run({ texts: texts.with(4, '?!') })).rejects.toThrow(
      'text-classifier: text 4 has no word: "?!"; tokens byte-pairs take signs too.',
    );
    await expect(run({}, { tokens: 'byte-pairs', vocabulary: 100 })).rejects.toThrow(
      'text-classifier: option "vocabulary" must be at least 256, the bytes, for byte pairs; got 100.',
    );
  });
});

describe('bags', () => {
  test('words are small, of letters and digits; rare ones are unknown', () => {
    const texts = ['Call me at 5, don’t wait', "CALL don't don’t 5"];
    const settings = learnTokens('t', texts, { tokens: 'words', vocabulary: 9, minCount: 2 });
    expect(settings.words).toEqual(['<unk>', '5', 'call', 'don’t']);
    expect(tokenizerOf(settings).encode('call 5 mé')).toEqual(Int32Array.of(2, 1, 0));
  });

  test('lie behind one another, in the order asked for', () => {
    const texts = [Int32Array.of(1, 2), Int32Array.of(3), Int32Array.of(4, 5, 6)];
    const { ids, offsets } = bagsOf(texts, Int32Array.of(2, 0));
    expect(ids).toEqual(Int32Array.of(4, 5, 6, 1, 2));
    expect(offsets).toEqual(Int32Array.of(0, 3, 5));
  });

  test('what all texts have does not tell classes apart', () => {
    const settings = learnTokens('t', ['the a', 'the b'], {
      tokens: 'words',
      vocabulary: 9,
      minCount: 1,
    });
    const tokenizer = tokenizerOf(settings);
    const texts = encodedTexts('t', ['the a', 'the b'], tokenizer);
    const { data } = tokensOfClasses(
      texts,
      { of: Int32Array.of(0, 1), classes: 2 },
      tokenizer.size,
    );
    const ln2 = Math.log(2);
    // <unk>, the, a, b
    expect(Array.from(data)).toEqual([0, 0, ln2, 0, 0, 0, 0, ln2]);
  });
});
