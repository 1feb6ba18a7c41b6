import { expect, test } from 'vitest';
import { gathered, type Matrix, matrix } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import type { Classifier, ClassifierInput } from '../families/classifiers/types.ts';
import { decodeModel, encodeModel } from '../learning/index.ts';
import type { AnyMethod } from '../method/method.ts';
import type { SmallProblem } from './small-problem.ts';

/** What every classifier keeps: registers the tests. */
export function describeClassifierLaws(method: AnyMethod, problem: SmallProblem): void {
  const classifier = method as unknown as Classifier;
  const { id } = classifier.spec;
  const input = problem.input as ClassifierInput;
  const points = input.points as Matrix;
  const rows = betweenRows(points);
  const fitted = (changed: Partial<ClassifierInput> = {}) =>
    classifier({ ...input, ...changed }, problem.options as never, problem.run as never);

  test('scores each row as if it were alone', async () => {
    const { model } = await fitted();
    const { scores } = await classifier.scores(model, rows);
    expect(scores.data.every((score) => !Number.isNaN(score))).toBe(true);
    for (let i = 0; i < rows.rows; i++) {
      const alone = await classifier.scores(model, gathered(rows, [i]));
      expect(alone.scores.data).toEqual(gathered(scores, [i]).data);
    }
  });

  test('scores rows the same after its model was saved', async () => {
    const { model } = await fitted();
    const saved = await decodeModel(encodeModel(model));
    expect(await classifier.predict(saved, rows)).toEqual(await classifier.predict(model, rows));
  });

  test('keeps the names of the classes, those of rows first', async () => {
    const { model, names, seen } = await fitted();
    const known = [...new Set(input.classes)].toSorted();
    expect(names.slice(0, seen)).toEqual(known);
    expect(names.toSorted()).toEqual(
      [...new Set([...known, ...(input.about?.names ?? [])])].toSorted(),
    );
    const scored = await classifier.predict(model, rows);
    expect([scored.names, scored.seen, scored.scores.cols]).toEqual([names, seen, names.length]);
    expect(scored.classes.every((name) => names.includes(name))).toBe(true);
  });

  test('does not depend on the order of the rows', async () => {
    const order = Random.fromSeed(3).sample(points.rows);
    const moved = await fitted({
      points: gathered(points, order),
      classes: Array.from(order, (i) => input.classes[i]),
    });
    const before = await fitted();
    expect(encodeModel(moved.model)).toEqual(encodeModel(before.model));
  });

  if (classifier.gives === 'probabilities') {
    test('gives probabilities: from 0 to 1, and 1 together', async () => {
      const { model } = await fitted();
      const { data, cols } = (await classifier.scores(model, rows)).scores;
      for (let i = 0; i < rows.rows; i++) {
        const own = data.subarray(i * cols, (i + 1) * cols);
        expect(own.every((share) => share >= 0 && share <= 1)).toBe(true);
        expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      }
    });
  }

  test('refuses rows of another length, too few classes, other counts and rows without a class in a sentence', async () => {
    const { model } = await fitted();
    const wider = matrix(new Float64Array(points.cols + 1), 1, points.cols + 1);
    await expect(classifier.scores(model, wider)).rejects.toThrow(
      `${id}: expected rows of ${points.cols}; got ${points.cols + 1}.`,
    );
    const one = input.classes.map(() => input.classes[0]);
    const alone = await fitted({ classes: one }).catch((error: unknown) => error);
    if (alone instanceof Error)
      expect(alone.message).toMatch(/expected rows of \d classes or more; got 1: "rose"\.$/);
    await expect(fitted({ classes: input.classes.slice(1) })).rejects.toThrow(
      `${id}: expected one class for each of ${points.rows} rows; got ${points.rows - 1}.`,
    );
    await expect(fitted({ classes: ['', ...input.classes.slice(1)] })).rejects.toThrow(
      `${id}: row 0 has no class (counted from 0); give it one.`,
    );
  });

  if (classifier.knows.length > 0) {
    test('refuses classes of which nothing is known, and wants what it has to know', async () => {
      await expect(fitted({ classes: ['moss', ...input.classes.slice(1)] })).rejects.toThrow(
        `${id}: nothing is known of the class "moss", which rows have; name it in about.`,
      );
      await expect(fitted({ about: undefined })).rejects.toThrow(
        `${id}: option "about.${classifier.knows[0]}" must be `,
      );
    });
  }
}

/** A fitted row, and five between two fitted rows. */
function betweenRows({ data, rows: n, cols: d }: Matrix): Matrix {
  const out = new Float64Array(6 * d);
  for (let i = 0; i < 6; i++)
    for (let c = 0; c < d; c++)
      out[i * d + c] = (data[((i * 5) % n) * d + c] + data[((i * 7) % n) * d + c]) / 2;
  return matrix(out, 6, d);
}
