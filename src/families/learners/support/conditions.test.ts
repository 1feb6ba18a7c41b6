import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { memoryStore } from '../../../io/byte-store.ts';
import { koleo } from '../../objectives/index.ts';
import { classifier } from '../classifier.ts';

function labelled(n: number, seed = 1) {
  const random = Random.fromSeed(seed);
  const points = matrix(
    Float32Array.from({ length: n * 8 }, () => random.normal()),
    n,
    8,
  );
  return { points, classes: Array.from({ length: n }, (_, i) => `class ${i % 5}`) };
}

const small = { batch: 32, dim: 6, hidden: 16, heldOut: 0.2 };

test('a run does not go on with other examples or another loss than it began with', async () => {
  const store = memoryStore();
  const examples = labelled(60);
  const brief = { ...small, steps: 10 };
  const run = { checkpoint: { store }, resume: true };
  await classifier(examples, brief, run);
  const further = { ...brief, steps: 12, learningRate: 0.001, schedule: 'constant' } as const;
  expect((await classifier(examples, further, run)).steps).toBe(12);
  const refused = async (other: typeof examples, options: object, sentence: RegExp) =>
    expect(classifier(other, { ...further, ...options }, run)).rejects.toThrow(sentence);
  const moved = labelled(60, 2);
  await refused(moved, {}, /points of the checkpoint is 60 × 8, checksum .*, and here 60 × 8, /);
  const classes = examples.classes.toReversed();
  await refused({ ...examples, classes }, {}, /: classes of the checkpoint is 60, checksum /);
  // Rows that training saw would be held out.
  await refused(examples, { heldOut: 0.3 }, /: heldOut of the checkpoint is 0\.2, and here 0\.3; /);
  await refused(
    examples,
    { smoothing: 0.1 },
    /: smoothing of the checkpoint is 0, and here 0\.1; /,
  );
  await expect(classifier(examples, further, { ...run, spread: koleo.bind() })).rejects.toThrow(
    /: spread of the checkpoint is none, and here \[\{"objective":"koleo"/,
  );
});
