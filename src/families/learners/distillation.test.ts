import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { distillation } from './distillation.ts';

const WORDS = 'rain snow wind song jazz play bank money loan soup bread cook bus train fly'.split(
  ' ',
);

/** Texts of three words, and a teacher to whom a text is the sum of random vectors of its words. */
function taught(n: number, d: number, seed = 1) {
  const [of, among] = ['vectors', 'texts'].map((name) => Random.fromSeed(seed).fork(name));
  const vectors = WORDS.map(() => Float64Array.from({ length: d }, () => of.normal()));
  const drawn = Array.from({ length: n }, () => [0, 0, 0].map(() => among.integer(WORDS.length)));
  const data = Float32Array.from({ length: n * d }, (_, e) =>
    drawn[Math.floor(e / d)].reduce((sum, word) => sum + vectors[word][e % d], 0),
  );
  const texts = drawn.map((words) => words.map((word) => WORDS[word]).join(' '));
  return { texts, teachers: [matrix(data, n, d)] };
}

const small = { steps: 80, batch: 32, dim: 8, buckets: 1024, heldOut: 0.25, learningRate: 0.02 };

describe('distillation', () => {
  test.each([
    { cosineWeight: 10, similarityWeight: 0, orderWeight: 0 },
    { cosineWeight: 0, similarityWeight: 200, orderWeight: 0 },
    { cosineWeight: 0, similarityWeight: 0, orderWeight: 20 },
    { hidden: 16 },
  ])('finds the teacher’s neighbors among texts it never saw: %j', async (weights) => {
    const examples = taught(400, 8);
    const { report } = await distillation(examples, { ...small, ...weights });
    expect(report['heldOut']).toBe(100);
    // Chance finds a tenth, an untrained student what words in common say.
    const start = await distillation(examples, { ...small, steps: 1, learningRate: 1e-9 });
    expect(report['recallAt10']).toBeGreaterThan(start.report['recallAt10'] + 0.1);
  });

  test('learns from a wider teacher and from several, with and without the map of the cosine', async () => {
    const wide = taught(400, 20);
    const both = { ...wide, teachers: [...wide.teachers, ...taught(400, 5).teachers] };
    for (const examples of [wide, both]) {
      const mapped = await distillation(examples, small);
      const free = await distillation(examples, { ...small, cosineWeight: 0 });
      // Chance finds a tenth.
      expect(mapped.report['recallAt10']).toBeGreaterThan(0.4);
      expect(free.report['recallAt10']).toBeGreaterThan(0.4);
      expect(mapped.model.parameters.map(({ name }) => name)).toContain('map.weight');
      expect(free.model.parameters.map(({ name }) => name)).toEqual(['grams.weight']);
    }
  });

  test('a cut of a student that learned widths finds more than one that did not', async () => {
    const examples = taught(400, 8);
    const options = { ...small, narrowest: 2 };
    const { model, report } = await distillation(examples, options);
    expect(Object.keys(report)).toEqual([
      'heldOut',
      'recallAt10',
      'recallAt10Of4',
      'recallAt10Of2',
    ]);
    const whole = await distillation(examples, small);
    const cut = async (of: typeof model) => {
      const { points } = await distillation.embed(of, examples);
      return agreement(points, 2, examples.teachers[0]);
    };
    expect(await cut(model)).toBeGreaterThan(await cut(whole.model));
  });

  test('embeds unit rows, each text alone as among others, also from a saved model', async () => {
    const examples = taught(60, 8);
    const { model } = await distillation(examples, { ...small, steps: 10, hidden: 4 });
    const stored = await decodeModel(encodeModel(model), 'm');
    const { points } = await distillation.embed(stored, examples);
    const alone = await distillation.embed(model, { texts: [examples.texts[7]] });
    expect(alone.points.data).toEqual(points.data.slice(56, 64));
    expect(Math.hypot(...alone.points.data)).toBeCloseTo(1, 6);
  });

  test('the length of a teacher’s rows does not matter', async () => {
    const examples = taught(60, 8);
    const [teacher] = examples.teachers;
    const longer = { ...teacher, data: teacher.data.map((x, e) => x * 2 ** ((e >> 3) % 3)) };
    const options = { ...small, steps: 5 };
    const { losses } = await distillation(examples, options);
    const other = await distillation({ ...examples, teachers: [longer] }, options);
    expect(other.losses).toEqual(losses);
  });

  test('a run that is killed and resumed ends with the same bytes', async () => {
    const examples = taught(50, 12);
    const options = { ...small, steps: 20, narrowest: 4 };
    const whole = await distillation(examples, options);
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = distillation(examples, options, {
      signal: controller.signal,
      checkpoint: { store, every: 5 },
      onStep: ({ step }) => {
        if (step === 12) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const rest = await distillation(examples, options, { checkpoint: { store }, resume: true });
    expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
    const other = { ...examples, teachers: taught(50, 12, 2).teachers };
    const resumed = distillation(other, options, { checkpoint: { store }, resume: true });
    await expect(resumed).rejects.toThrow('teacher 0');
  });

  test('equal texts with equal vectors and constant columns are taken as they are', async () => {
    const texts = Array.from({ length: 30 }, () => 'one text');
    const ones = matrix(new Float32Array(60).fill(1), 30, 2);
    const { losses } = await distillation({ texts, teachers: [ones] }, { ...small, dim: 2 });
    // All rows are one: only its angle is left to learn.
    expect(losses[79]).toBeLessThan(losses[0] / 10);
  });

  test('says what does not fit', async () => {
    const { texts, teachers } = taught(20, 8);
    const refused = (examples: object, options: object = {}) =>
      expect(distillation({ texts, teachers, ...examples }, { ...small, ...options })).rejects;
    await refused({ teachers: undefined }).toThrow(
      'distillation: vectors of a teacher are needed.',
    );
    await refused({ teachers: [teachers[0], taught(19, 3).teachers[0]] }).toThrow(
      'distillation, teacher 1: expected 20 rows, one an example; got 19.',
    );
    const without = (value: number) => {
      const data = teachers[0].data.slice();
      data.fill(value, 8, 16);
      return [{ ...teachers[0], data }];
    };
    await refused({ teachers: without(0) }).toThrow(
      'distillation, teacher 0: row 1 has length zero and so no direction to learn (counted from 0); leave the example out.',
    );
    await refused({ teachers: without(NaN) }).toThrow('distillation, teacher 0: 1 row has values');
    await refused({ texts: texts.with(3, '') }).toThrow('distillation: text 3 is empty');
    await refused({}, { narrowest: 9 }).toThrow(
      'distillation: option "narrowest" must be at most 8, the columns (dim); got 9.',
    );
    await refused({}, { batch: 2 }).toThrow(
      'distillation: option "batch" must be at least 3, which have two cosines to compare; got 2.',
    );
    const none = { cosineWeight: 0, similarityWeight: 0, orderWeight: 0 };
    await refused({}, none).toThrow(
      'distillation: option "similarityWeight" must be above 0 where the other weights are 0; got 0.',
    );
    const two = { texts: texts.slice(0, 2), teachers: taught(2, 3).teachers };
    await refused(two).toThrow('three examples or more to learn from');
  });
});

/** Correlation of the products of the first columns of rows, at length 1, with those of the teacher. */
function agreement(rows: Matrix, width: number, teacher: Matrix): number {
  const cosine = ({ data, cols }: Matrix, a: number, b: number, w: number) => {
    let [product, first, second] = [0, 0, 0];
    for (let c = 0; c < w; c++) {
      const [x, y] = [data[a * cols + c], data[b * cols + c]];
      [product, first, second] = [product + x * y, first + x * x, second + y * y];
    }
    return product / Math.sqrt(first * second);
  };
  let [xy, xx, yy, sx, sy, n] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < rows.rows; i++)
    for (let j = 0; j < i; j++) {
      const x = cosine(rows, i, j, width);
      const y = cosine(teacher, i, j, teacher.cols);
      [xy, xx, yy, sx, sy, n] = [xy + x * y, xx + x * x, yy + y * y, sx + x, sy + y, n + 1];
    }
  return (xy - (sx * sy) / n) / Math.sqrt((xx - (sx * sx) / n) * (yy - (sy * sy) / n));
}
