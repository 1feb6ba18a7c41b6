import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { memoryStore } from '../../../io/byte-store.ts';
import { encodeModel } from '../../../learning/index.ts';
import { classifier } from '../classifier.ts';
import { metric } from '../metric.ts';
import { split } from './held-out.ts';

const n = 100;

/** Rows whose classes are drawn: there is nothing to learn but the rows by heart. */
function drawnClasses() {
  const random = Random.fromSeed(3);
  const points = matrix(
    Float32Array.from({ length: n * 6 }, () => random.normal()),
    n,
    6,
  );
  return { points, classes: Array.from({ length: n }, () => `class ${random.integer(3)}`) };
}

const small = { dim: 4, hidden: 16, batch: 20, learningRate: 0.02, heldOut: 0.2, validation: 0.25 };

test('what gets no better on rows that are not trained on ends, and the best model stays', async () => {
  const { steps, ended, report } = await classifier(drawnClasses(), {
    ...small,
    steps: 600,
    patience: 3,
  });
  expect(ended).toBe('patience');
  // 80 rows are not held out, 20 of them say when to stop, 60 make epochs of three steps.
  expect(report).toMatchObject({ heldOut: 20, validation: 20 });
  const { bestStep, validationLoss } = report;
  expect(steps).toBe(bestStep + 3 * 3);
  expect(validationLoss).toBeGreaterThan(0.5);
  const shorter = { ...small, steps: 600, patience: 1, schedule: 'constant' } as const;
  const first = await classifier(drawnClasses(), shorter);
  const { bestStep: best } = first.report;
  const again = await classifier(drawnClasses(), { ...shorter, steps: best });
  expect(encodeModel(again.model)).toEqual(encodeModel(first.model));
});

test('rows that say when to stop do not train', async () => {
  const examples = drawnClasses();
  const others = split(n, small.heldOut, 0).train;
  const aside = split(others.length, small.validation, 0).heldOut.map((place) => others[place]);
  const classes = examples.classes.map((name, i) => (aside.includes(i) ? 'class 1' : name));
  // Three steps are one epoch: there is one value, and so one model to keep.
  const [one, other] = await Promise.all(
    [examples, { ...examples, classes }].map((given) => classifier(given, { ...small, steps: 3 })),
  );
  expect(encodeModel(one.model)).toEqual(encodeModel(other.model));
  const [{ validationLoss, trainAccuracy }, { validationLoss: otherLoss, ...rest }] = [
    one,
    other,
  ].map(({ report }) => report);
  expect(validationLoss).not.toBe(otherLoss);
  expect(rest).toMatchObject({ trainAccuracy });
});

test('a run with patience that is killed ends with the bytes of one that was not', async () => {
  const options = { ...small, steps: 60, patience: 4 };
  const whole = await classifier(drawnClasses(), options);
  const store = memoryStore();
  const controller = new AbortController();
  const stopped = classifier(drawnClasses(), options, {
    signal: controller.signal,
    checkpoint: { store, every: 5 },
    onStep: ({ step }) => {
      if (step === 8) controller.abort();
    },
  });
  await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  const rest = await classifier(drawnClasses(), options, { checkpoint: { store }, resume: true });
  expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
  expect(rest.report).toEqual(whole.report);
});

test('embeddings of an earlier model are refused where nothing compares with them', async () => {
  const previous = matrix(new Float32Array(n * 4), n, 4);
  const examples = { ...drawnClasses(), previous };
  await expect(classifier(examples, { ...small, steps: 1 })).rejects.toThrow(
    'classifier: option "previous" must be left out: it compares with no earlier model',
  );
  previous.data[7] = Number.NaN;
  await expect(metric(examples, { dim: 4, steps: 1 })).rejects.toThrow(
    'metric, previous: 1 row has values that are not finite: 1 (counted from 0',
  );
});
