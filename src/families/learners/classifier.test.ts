import { describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { koleo, maxMinAngle } from '../objectives/index.ts';
import { classifier } from './classifier.ts';
import { classCodes } from './support/class-codes.ts';
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

  test('the squared error to vectors that stay learns too, and is 2 − 2cos', async () => {
    const options = { ...small, head: 'simplex', loss: 'squared-error', heldOut: 0 } as const;
    const examples = clusters(30);
    const { report, model } = await classifier(examples, options);
    const { trainAccuracy } = report;
    expect(trainAccuracy).toBe(1);
    // One step of the whole set, too short to change a float32: its loss is that of the model.
    const again = { ...options, steps: 1, batch: 30, learningRate: 1e-30 };
    const { loss } = await classifier(examples, again, { start: model });
    const { points } = await classifier.embed(model, examples);
    const { classes, vectors: codes } = classCodes(model);
    const cosines = examples.classes.map((name, i) => {
      const own = Float64Array.from(points.data.subarray(i * 6, (i + 1) * 6));
      const at = classes.indexOf(name) * 6;
      const product = own.reduce((sum, x, c) => sum + x * codes.data[at + c], 0);
      return product / Math.hypot(...own);
    });
    const mean = cosines.reduce((sum, cosine) => sum + 2 - 2 * cosine, 0) / 30;
    expect(loss).toBeCloseTo(mean, 5);
    await expect(classifier(examples, { ...options, head: 'prototypes' })).rejects.toThrow(
      'classifier: option "loss" must be "cross-entropy" with the head "prototypes", which moves; got "squared-error".',
    );
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
    // The model computes in float32 as it learned, whatever holds the rows.
    const { data, rows, cols } = examples.points;
    const points = matrix(Float64Array.from(data), rows, cols);
    expect((await classifier.embed(model, { points })).points.data).toEqual(own.points.data);
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

  test('a start whose classes have other places is refused', async () => {
    const examples = clusters(60);
    const { model } = await classifier(examples, { ...small, steps: 1 });
    const classes = examples.classes.map((name) => (name === 'class 4' ? 'class 0b' : name));
    await expect(
      classifier({ ...examples, classes }, { ...small, steps: 1 }, { start: model }),
    ).rejects.toThrow(
      'classifier: place 1 of its classes is "class 1", here "class 0b"; what it learned would go to another',
    );
  });

  describe('a later version', () => {
    const first = () => {
      const { points, classes } = clusters(100);
      const known = classes.flatMap((name, i) => (name === 'class 1' ? [] : [i]));
      return classifier(
        { points: gathered(points, known), classes: known.map((i) => classes[i]) },
        { ...small, head: 'simplex', reserve: 2 },
      );
    };

    test('keeps the vectors of the classes there were; a new class takes a free place', async () => {
      const { model } = await first();
      const codes = classCodes(model);
      expect(codes.classes).toEqual(['class 0', 'class 2', 'class 3', 'class 4']);
      const { model: second, report } = await classifier(
        clusters(200),
        { ...small, head: 'simplex' },
        { codes },
      );
      const { vectors } = model.settings;
      expect(second.settings).toMatchObject({
        classes: [...codes.classes, 'class 1'],
        vectors,
        places: 6,
      });
      const { accuracy } = report;
      expect(accuracy).toBeGreaterThan(0.8);
    });

    test('begins with the weights of an earlier one where asked to', async () => {
      const { model } = await first();
      // A step too short to change a float32.
      const options = { ...small, head: 'simplex', steps: 1, learningRate: 1e-30 } as const;
      const run = { codes: classCodes(model), start: model };
      const { model: same } = await classifier(clusters(100), options, run);
      expect(same.parameters.map(({ data }) => data)).toEqual(
        model.parameters.map(({ data }) => data),
      );
    });

    test('is refused what it cannot keep', async () => {
      const { model } = await first();
      const codes = classCodes(model);
      const later = (options: object, examples = clusters(100)) =>
        classifier(examples, { ...small, head: 'simplex', ...options }, { codes });
      await expect(later({ head: 'random' })).rejects.toThrow(
        'classifier: option "head" must be "simplex", as the codes are; got "random".',
      );
      await expect(later({ dim: 7 })).rejects.toThrow(
        'classifier: option "dim" must be 6, as the codes have; got 7.',
      );
      await expect(later({ reserve: 1 })).rejects.toThrow(
        'classifier: option "reserve" must be left out where codes are given, whose free places stay reserved; got 1.',
      );
      const { points, classes } = clusters(100);
      const renamed = { points, classes: classes.map((name) => `new ${name}`) };
      await expect(later({}, renamed)).rejects.toThrow(
        'classifier: the codes have 2 places left and there are 5 new classes, the first "new class 0"; train the first version with a larger reserve.',
      );
      const { model: learned } = await classifier(clusters(20), { ...small, steps: 1 });
      expect(() => classCodes(learned)).toThrow(
        'a model with a fixed head is expected (tammes, simplex, equiangular, one-hot, random, affinity, assigned, dispersed); this one has "prototypes".',
      );
    });
  });

  test('says what does not fit', async () => {
    await expect(classifier(clusters(20), { ...small, patience: 3 })).rejects.toThrow(
      'classifier: option "patience" must be 0 without rows to wait for (validation, --validation); got 3.',
    );
    await expect(
      classifier(clusters(20), { ...small, head: 'affinity', reserve: 2 }),
    ).rejects.toThrow(
      'classifier: option "reserve" must be 0 with the head "affinity": a place without a class has no meaning; got 2.',
    );
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
