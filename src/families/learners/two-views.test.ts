import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { ldreg } from '../objectives/index.ts';
import { AGAINST } from './support/menu.ts';
import { twoViews } from './two-views.ts';

/** Normal rows in nine columns: images of 3 × 3 as well. */
function normalRows(n: number, seed = 1) {
  const random = Random.fromSeed(seed);
  return {
    points: matrix(
      Float32Array.from({ length: n * 9 }, () => random.normal()),
      n,
      9,
    ),
  };
}

const small = {
  ...{ steps: 60, batch: 32, dim: 8, hidden: 16, projected: 8, learningRate: 0.01 },
  ...{ masked: 0.2, noise: 0.1 },
};

describe('two views', () => {
  test.each(AGAINST.filter((against) => against !== 'none' && against !== 'ldreg'))(
    'are learned with %s, which keeps the rows further apart than nothing does',
    async (against) => {
      const spreadWith = async (chosen: typeof against | 'none') => {
        const { report } = await twoViews(normalRows(64), { ...small, against: chosen });
        const { spread } = report;
        return spread;
      };
      expect(await spreadWith(against)).toBeGreaterThan(2 * (await spreadWith('none')));
    },
  );

  test('with ldreg alone fall together: local dimension knows no scale', async () => {
    const { report } = await twoViews(normalRows(64), { ...small, against: 'ldreg' });
    const { spread } = report;
    expect(spread).toBeLessThan(0.5);
  });

  test('with nothing else come nearer with every tenth of the steps', async () => {
    const { losses } = await twoViews(normalRows(64), { ...small, against: 'none' });
    const part = (a: number) => losses.slice(a, a + 6).reduce((all, loss) => all + loss, 0);
    expect(part(54)).toBeLessThan(0.2 * part(0));
  });

  test('an objective of the run spreads the features', async () => {
    const dimension = async (run: object) => {
      const examples = normalRows(64);
      const { model } = await twoViews(examples, { ...small, spreadWeight: 1 }, run);
      const { points } = await twoViews.embed(model, examples);
      return Math.exp(-(await ldreg(points, { k: 10 })).loss);
    };
    expect(await dimension({ spread: ldreg.bind({ k: 10 }) })).toBeGreaterThan(await dimension({}));
  });

  test('embeddings are those before the projector or after it, also of a saved model', async () => {
    const examples = normalRows(40);
    const { model } = await twoViews(examples, { ...small, projected: 5 });
    const { points } = await twoViews.embed(await decodeModel(encodeModel(model), 'm'), examples);
    expect([points.rows, points.cols]).toEqual([40, 8]);
    expect((await twoViews.embed(model, examples)).points.data).toEqual(points.data);
    const after = await twoViews(examples, { ...small, projected: 5, embeds: 'projected' });
    expect((await twoViews.embed(after.model, examples)).points.cols).toBe(5);
    expect(after.losses.at(-1)).toBe(
      (await twoViews(examples, { ...small, projected: 5 })).losses.at(-1),
    );
  });

  test('a run that is killed and resumed ends with the same bytes', async () => {
    const examples = normalRows(50);
    const options = { ...small, steps: 30, shift: 1, crop: 0.6 };
    const whole = await twoViews(examples, options);
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = twoViews(examples, options, {
      signal: controller.signal,
      checkpoint: { store, every: 10 },
      onStep: ({ step }) => {
        if (step === 17) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const rest = await twoViews(examples, options, { checkpoint: { store }, resume: true });
    expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
  });

  test('says what does not fit', async () => {
    const examples = normalRows(20);
    await expect(twoViews({}, small)).rejects.toThrow('two-views: vectors are needed.');
    await expect(twoViews(examples, { ...small, batch: 1 })).rejects.toThrow(
      'two-views: option "batch" must be at least 2, of two examples or more; got 1.',
    );
    await expect(
      twoViews(examples, { ...small, predictor: true, against: 'nt-xent' }),
    ).rejects.toThrow(
      'two-views: option "predictor" must be false beside "nt-xent", which draws the views together itself; got true.',
    );
    const wide = { points: matrix(new Float32Array(80).fill(1), 8, 10) };
    await expect(twoViews(wide, { ...small, shift: 1 })).rejects.toThrow('no square image');
    const { model } = await twoViews(examples, small);
    await expect(twoViews.embed(model, wide)).rejects.toThrow(
      'two-views: expected rows of 9 columns, as the model learned; got 8 × 10.',
    );
  });
});
