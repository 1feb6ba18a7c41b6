import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { labelAttention } from './label-attention.ts';
import { labelScores, namedLabels } from './support/label-attention/label-sets.ts';
import { labelTable, withoutFeatures } from './support/label-attention/label-table.ts';

const TOPICS = [
  'rain snow wind sun cloud',
  'song jazz play loud album',
  'bank money loan card pay',
].map((words) => words.split(' '));
const COMMON = 'please the a now is'.split(' ');

/** Each topic has a column of its own; common words have the last ones. */
function wordVectors() {
  const random = Random.fromSeed(5);
  const labels = [...TOPICS.flat(), ...COMMON];
  const data = Float32Array.from({ length: labels.length * 6 }, (_, e) => {
    const [i, c] = [Math.floor(e / 6), e % 6];
    const own = i < 15 ? c === Math.floor(i / 5) : c >= 3;
    return (own ? 1 : 0) + 0.1 * random.normal();
  });
  return { labels, points: matrix(data, labels.length, 6) };
}

function topics(n: number) {
  const random = Random.fromSeed(3);
  const of = (words: readonly string[]) => words[Math.floor(random.uniform() * words.length)];
  const texts = Array.from({ length: n }, (_, i) =>
    [of(COMMON), of(TOPICS[i % 3]), of(COMMON), of(TOPICS[i % 3])].join(' '),
  );
  return { texts, classes: texts.map((_, i) => `topic ${i % 3}`), words: wordVectors() };
}

const small = {
  ...{ steps: 120, batch: 32, learningRate: 0.05, heldOut: 0.25 },
  ...{ features: 12, k: 2, dictionarySteps: 200 },
} as const;

describe('label attention', () => {
  test.each([
    { attention: 'dense' },
    { attention: 'dictionary', sparsity: 'top-k' },
    { attention: 'dictionary', sparsity: 'l1' },
  ] as const)('topics are learned with %j', async (options) => {
    const { report } = await labelAttention(topics(120), { ...small, ...options });
    expect(report['accuracy']).toBeGreaterThan(0.95);
    expect(report['macroF1']).toBeGreaterThan(0.95);
    if (options.attention === 'dictionary') expect(report['activeFeatures']).toBeLessThan(4);
  });

  test('a text may have several labels', async () => {
    const { texts, classes, words } = topics(120);
    const both = texts.map((text, i) => `${text} ${texts[(i + 1) % 120]}`);
    const sets = classes.map((own, i) => `${own} | ${classes[(i + 1) % 120]}`);
    const { report } = await labelAttention(
      { texts: both, classes: sets, words },
      { ...small, labels: 'several' },
    );
    expect(report['microF1']).toBeGreaterThan(0.9);
  });

  test('the table says what a label looks for; without these features it is no longer found', async () => {
    const examples = topics(120);
    const { model } = await labelAttention(examples, small);
    const table = await labelTable(model);
    expect([table.labels.length, table.weights.cols]).toEqual([3, 12]);
    // Features of the words of the first topic.
    const own = new Set<number>();
    for (const word of TOPICS[0]) {
      const i = table.words.indexOf(word);
      for (let e = table.features.offsets[i]; e < table.features.offsets[i + 1]; e++)
        own.add(table.features.columns[e]);
    }
    const texts = examples.texts.filter((_, i) => i % 3 === 0);
    const share = async (by: typeof model) => {
      const { points } = await labelAttention.embed(by, { texts });
      return namedLabels(points.data, 3, 'one').filter(([c]) => c === 0).length / texts.length;
    };
    expect(await share(model)).toBeGreaterThan(0.95);
    expect(await share(await withoutFeatures(model, table, own))).toBeLessThan(0.6);
    // The model given stays.
    expect(await share(model)).toBeGreaterThan(0.95);
  });

  test('a saved model gives the logits of the one that was trained, and the same seed the same', async () => {
    const examples = topics(60);
    const { model } = await labelAttention(examples, { ...small, steps: 20 });
    const again = await labelAttention(examples, { ...small, steps: 20 });
    const stored = await decodeModel(encodeModel(model), 'model');
    const own = await labelAttention.embed(model, examples);
    expect((await labelAttention.embed(stored, examples)).points.data).toEqual(own.points.data);
    expect((await labelAttention.embed(again.model, examples)).points.data).toEqual(
      own.points.data,
    );
  });

  test('says what does not fit', async () => {
    const { texts, classes, words } = topics(20);
    const run = (more: object, options = {}) =>
      labelAttention({ texts, classes, words, ...more }, { ...small, steps: 2, ...options });
    await expect(run({ words: undefined })).rejects.toThrow(
      'label-attention: vectors of words are needed.',
    );
    await expect(run({ texts: texts.map(() => 'Unheard of') })).rejects.toThrow(
      'label-attention: none of the 2 words of the texts has a vector; the first is "of"',
    );
    await expect(run({ classes: classes.map(() => 'a|') }, { labels: 'several' })).rejects.toThrow(
      'label-attention: the 20 examples have the labels ["a"]; at least two',
    );
    const { model } = await run({}, { attention: 'dense' });
    await expect(labelTable(model)).rejects.toThrow(
      'the labels of this model look at words themselves',
    );
  });
});

test('scores by hand: of labels right, named and there', () => {
  const sets = [[0], [1], [1, 2]].map((own) => Int32Array.from(own));
  const named = [[0], [0], [1]].map((own) => Int32Array.from(own));
  const { macroF1, microF1, accuracy } = labelScores(named, sets, 4);
  // Label 0: 2·1/(1 + 2); label 1: 2·1/(2 + 1); label 2: 0; the fourth is nowhere.
  expect(macroF1).toBeCloseTo((2 / 3 + 2 / 3 + 0) / 3, 14);
  expect(microF1).toBeCloseTo((2 * 2) / 7, 14);
  expect(accuracy).toBeCloseTo(1 / 3, 14);
});
