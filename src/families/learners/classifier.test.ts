import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { koleo, maxMinAngle } from '../objectives/index.ts';
import { classifier } from './classifier.ts';
import { HEADS } from './support/heads.ts';
import { split } from './support/held-out.ts';

/** Rows about five centers in eight dimensions, far apart. */
function clusters(n: number, seed = 1) {
  const random = Random.fromSeed(seed);
  const data = Float32Array.from({ length: n * 8 }, (_, e) => {
    const [i, c] = [Math.floor(e / 8), e % 8];
    return (c === i % 5 ? 4 : 0) + random.normal();
  });
  const classes = Array.from({ length: n }, (_, i) => `class ${i % 5}`);
  return { points: matrix(data, n, 8), classes };
}

const small = { steps: 120, batch: 32, dim: 6, hidden: 16, learningRate: 0.01, heldOut: 0.2 };

describe('classifier', () => {
  test.each(HEADS)('separated clusters are learned with the head %s', async (head) => {
    const run = head === 'dispersed' ? { spread: koleo.bind() } : {};
    const { report } = await classifier(clusters(200), { ...small, head }, run);
    const { accuracy, majority } = report;
    expect(majority).toBeLessThan(0.4);
    expect(accuracy).toBeGreaterThan(0.8);
  });

  test('a saved model gives the embeddings of the one that was trained', async () => {
    const examples = clusters(60);
    const { model } = await classifier(examples, small);
    const stored = await decodeModel(encodeModel(model), 'model');
    const [own, again] = [
      await classifier.embed(model, examples),
      await classifier.embed(stored, examples),
    ];
    expect(own.points.rows).toBe(60);
    expect(own.points.cols).toBe(6);
    expect(again.points.data).toEqual(own.points.data);
  });

  test('a dispersion objective keeps learned prototypes further apart', async () => {
    const closest = async (run: object) => {
      const { model } = await classifier(clusters(100), { ...small, dim: 3, spreadWeight: 1 }, run);
      const head = model.parameters.find(({ name }) => name === 'head.weight');
      const { loss } = await koleo({ data: head?.data ?? new Float32Array(0), rows: 5, cols: 3 });
      return loss;
    };
    expect(await closest({ spread: koleo.bind() })).toBeLessThan(await closest({}));
  });

  test('the rows of a softmax layer are spread as directions', async () => {
    const closest = async (run: object) => {
      const options = { ...small, dim: 3, spreadWeight: 1, head: 'softmax' } as const;
      const { model } = await classifier(clusters(100), options, run);
      const weight = model.parameters.find(({ name }) => name === 'head.weight')?.data ?? [];
      const data = Float32Array.from(weight, (x, e) => {
        const row = Array.from({ length: 3 }, (_, c) => weight[e - (e % 3) + c]);
        return x / Math.hypot(...row);
      });
      return (await koleo(matrix(data, 5, 3))).loss;
    };
    expect(await closest({ spread: koleo.bind() })).toBeLessThan(await closest({}));
  });

  test('prototypes stay where they start at the rate 0, and go further at a higher one', async () => {
    const weight = async (options: object) => {
      const { model } = await classifier(clusters(60), { ...small, ...options });
      const found = model.parameters.find(({ name }) => name === 'head.weight');
      return Float32Array.from(found?.data ?? []);
    };
    const start = await weight({ manifoldRate: 0, steps: 1 });
    expect(await weight({ manifoldRate: 0 })).toEqual(start);
    const moved = async (manifoldRate: number) => {
      const end = await weight({ manifoldRate, steps: 1 });
      return Math.hypot(...end.map((x, e) => x - start[e]));
    };
    expect(await moved(2)).toBeGreaterThan(await moved(1));
  });

  test('dispersed vectors are spread before training and stay', async () => {
    const options = { ...small, dim: 2, head: 'dispersed' } as const;
    const spread = maxMinAngle.bind();
    const { model } = await classifier(clusters(60), options, { spread });
    const { vectors } = model.settings as unknown as { vectors: number[] };
    const angles = Array.from({ length: 5 }, (_, i) =>
      Math.atan2(vectors[2 * i + 1], vectors[2 * i]),
    ).toSorted((a, b) => a - b);
    // Five points of the circle are at most 72° apart; Adam at a fixed rate ends within a degree.
    for (let i = 1; i < 5; i++)
      expect(Math.abs(angles[i] - angles[i - 1] - (2 * Math.PI) / 5)).toBeLessThan(Math.PI / 180);
    expect(model.parameters.some(({ name }) => name.startsWith('head'))).toBe(false);
  });

  test('a spread that would do nothing is refused', async () => {
    const examples = clusters(20);
    const run = { spread: koleo.bind() };
    await expect(classifier(examples, { ...small, head: 'tammes' }, run)).rejects.toThrow(
      'classifier: option "spreadOn" must be "features" where something is spread with the head "tammes", whose vectors stay as they are; got "classes".',
    );
    await expect(classifier(examples, { ...small, head: 'subspaces' }, run)).rejects.toThrow(
      'with the head "subspaces", which has no class vectors; got "classes".',
    );
    await expect(classifier(examples, { ...small, head: 'dispersed' })).rejects.toThrow(
      'classifier: the head "dispersed" needs an objective that spreads its vectors; give one, such as --spread koleo.',
    );
    const onFeatures = { ...small, head: 'tammes', spreadOn: 'features', steps: 2 } as const;
    expect((await classifier(examples, onFeatures, run)).steps).toBe(2);
  });

  test('class vectors by meaning know nothing of the rows held out', async () => {
    const { points, classes } = clusters(60);
    const settings = async (data: Float32Array) => {
      const options = { ...small, head: 'affinity', steps: 1 } as const;
      const { model } = await classifier({ points: matrix(data, 60, 8), classes }, options);
      return model.settings;
    };
    const other = points.data.slice();
    for (const row of split(60, small.heldOut, 0).heldOut) other.fill(100, 8 * row, 8 * row + 8);
    expect(await settings(other)).toEqual(await settings(points.data));
  });

  test('a class whose rows are all held out has no meaning', async () => {
    const { points, classes } = clusters(60);
    const [row] = split(60, small.heldOut, 0).heldOut;
    const named = classes.map((name, i) => (i === row ? 'rare' : name));
    await expect(
      classifier({ points, classes: named }, { ...small, head: 'affinity' }),
    ).rejects.toThrow(
      'classifier: every row of the class "rare" is held out, and its vector is to come from the others; lower heldOut (--held-out).',
    );
  });

  test('subspaces that are the whole space are refused', async () => {
    await expect(
      classifier(clusters(20), { ...small, dim: 4, head: 'subspaces', subspace: 4 }),
    ).rejects.toThrow(
      'classifier: option "subspace" must be below dim (4), or every class has the whole space; got 4.',
    );
  });

  test('a run that is killed and resumed ends with the same bytes', async () => {
    const examples = clusters(60);
    const whole = await classifier(examples, small);
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = classifier(examples, small, {
      signal: controller.signal,
      checkpoint: { store, every: 10 },
      onStep: ({ step }) => {
        if (step === 37) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const rest = await classifier(examples, small, { checkpoint: { store }, resume: true });
    expect(rest.steps).toBe(120);
    expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
  });

  test('says what does not fit', async () => {
    const { points, classes } = clusters(20);
    await expect(classifier({ points }, small)).rejects.toThrow('classifier: classes are needed.');
    const one = classes.map(() => 'a');
    await expect(classifier({ points, classes: one }, small)).rejects.toThrow(
      'classifier: all 20 examples have the class "a"; at least two classes are needed.',
    );
    await expect(classifier({ points, classes: one.slice(1) }, small)).rejects.toThrow(
      'classifier: expected 20 classes, one an example; got 19.',
    );
    await expect(
      classifier({ points, classes }, { ...small, dim: 2, head: 'simplex' }),
    ).rejects.toThrow(
      'classifier: option "dim" must be at least 4 for the head "simplex" of 5 classes; got 2.',
    );
    const { model } = await classifier({ points, classes }, small);
    await expect(
      classifier.embed(model, { points: matrix(new Float32Array(9), 3, 3) }),
    ).rejects.toThrow('classifier: expected rows of 8 columns, as the model learned; got 3 × 3.');
  });
});
