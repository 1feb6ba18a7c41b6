import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../../../engine/reference.ts';
import { evaluate, IGNORED, type Tensor, Workspace } from '../../../../learning/index.ts';
import { gradientRatios } from '../../../../testing/gradient-check.ts';
import { ARCHITECTURES, OUTPUTS, type Pair, translatorNetwork } from './network.ts';
import { padded } from './sentences.ts';

const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i}`);

const settings = {
  source: { kind: 'words', words: words(5) },
  target: { kind: 'words', words: words(6) },
  table: 'sphere',
  dim: 4,
  heads: 2,
  longest: 8,
  seed: 3,
} as const;

const ids = (text: string) => Int32Array.from(text, Number);
/** Ends are 5 and 6. */
const short: Pair = { source: ids('125'), target: ids('3126') };
const long: Pair = { source: ids('40312415'), target: ids('06') };

const computedOf = (tensor: Tensor) => evaluate(tensor, new Workspace(referenceEngine));

describe.each(ARCHITECTURES)('%s', (architecture) => {
  test.each(OUTPUTS)('with %s outputs it has the gradient of its loss', async (outputs) => {
    const network = translatorNetwork({ ...settings, architecture, outputs }, true);
    const ratios = await gradientRatios(
      () => network.loss(network.predict([short, long]), 0.1),
      network.parameters,
    );
    // The longer steps cross bends of relu.
    expect(Math.min(...ratios.slice(-2))).toBeGreaterThan(3.8);
  });

  const network = translatorNetwork({ ...settings, architecture, outputs: 'continuous' }, true);

  test('a pair has the same vectors alone and beside a longer one', async () => {
    const alone = await computedOf(network.predict([short]).vectors);
    const beside = await computedOf(network.predict([short, long]).vectors);
    const own = short.target.length * settings.dim;
    for (let e = 0; e < own; e++) expect(beside[e]).toBeCloseTo(alone[e], 12);
  });

  test('what comes next is what is predicted there', async () => {
    const all = await computedOf(network.predict([short]).vectors);
    const memory = network.read(padded([short.source]));
    for (let t = 0; t < short.target.length; t++) {
      const next = await computedOf(network.next([[...short.target.slice(0, t)]], memory));
      next.forEach((x, c) => {
        expect(x).toBeCloseTo(all[t * settings.dim + c], 12);
      });
    }
  });

  test('the loss of continuous outputs is the mean of 1 − cosine', async () => {
    const predicted = network.predict([short, long]);
    const vectors = await computedOf(predicted.vectors);
    const table = await computedOf(network.directions);
    const rowOf = (data: ArrayLike<number>, row: number) =>
      Array.from({ length: settings.dim }, (_, c) => data[row * settings.dim + c]);
    const there = [...predicted.ids.keys()].filter((i) => predicted.ids[i] !== IGNORED);
    expect(there.map((i) => predicted.ids[i])).toEqual([...short.target, ...long.target]);
    const cosines = there.map((i) => {
      const [x, e] = [rowOf(vectors, i), rowOf(table, predicted.ids[i])];
      return x.reduce((sum, own, c) => sum + own * e[c], 0) / Math.hypot(...x);
    });
    const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
    expect((await computedOf(network.loss(predicted)))[0]).toBeCloseTo(1 - mean, 12);
  });
});
