import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { encodeModel } from '../../learning/index.ts';
import { classRows } from '../../testing/classes.ts';
import { eraseAndJudge, eraseBy, erasureById, erasureIds } from './erase.ts';

const N = 300;
const points = classRows(N, 8, 3, 0.4, 1);
const classes = Array.from({ length: N }, (_, i) => 'abc'[i % 3]);
/** Told by the last column. */
const kept = Array.from({ length: N }, (_, i) => (points.data[8 * i + 7] > 0 ? 'y' : 'n'));

test('a linear probe is at the majority rate on rows fitted to and on others, and was not before', async () => {
  const { verdict, rank } = await eraseAndJudge({ points, classes }, 'leace');
  expect(rank).toBe(2);
  expect([verdict?.fitted, verdict?.heldOut, verdict?.probe]).toEqual([210, 90, 'logistic']);
  expect(verdict?.majority).toBeCloseTo(1 / 3, 12);
  expect(verdict?.probeBefore.value).toBeGreaterThan(0.8);
  // Three equal classes: which of them is named is a matter of rounding, and a class is a third of the rows.
  expect(verdict?.probeAfter.training).toBeLessThan(0.36);
  expect(verdict?.probeAfter.low).toBeLessThanOrEqual(verdict?.majority ?? 0);
});

test('directions by chance, as many, leave the concept', async () => {
  const { verdict } = await eraseAndJudge({ points, classes }, 'leace');
  expect(verdict?.random?.probe.value).toBeGreaterThan((verdict?.probeAfter.high ?? 1) + 0.1);
});

test('what has nothing to do with the concept is told as before', async () => {
  const { verdict } = await eraseAndJudge({ points, classes, kept }, 'mean-difference');
  const { before, after } = verdict?.kept ?? {};
  expect(after?.value).toBeGreaterThan((before?.value ?? 1) - 0.05);
});

test('a saved filter gives the same rows, and its probes are fitted anew', async () => {
  const { model, points: erased } = await eraseAndJudge({ points, classes }, 'leace');
  const store = memoryStore('filter.safetensors');
  await store.save(encodeModel(model));
  const applied = await eraseBy(store, { points, classes });
  expect(applied.points).toEqual(erased);
  expect([applied.method, applied.rank]).toEqual(['leace', 2]);
  expect(applied.verdict?.probeAfter.value).toBeLessThan(0.5);
  expect((await eraseBy(store, { points })).verdict).toBeNull();
});

test('a model of another family is refused in a sentence', async () => {
  const store = memoryStore('map.safetensors');
  await store.save(encodeModel({ kind: 'alignment/affine', settings: {}, parameters: [] }));
  await expect(eraseBy(store, { points })).rejects.toThrow(
    'map.safetensors: the model was made by alignment/affine; a filter of tammes explain erase is expected.',
  );
});

test('many classes are probed by ridge regression', async () => {
  const many = Array.from({ length: N }, (_, i) => `${i % 25}`);
  const { verdict } = await eraseAndJudge({ points, classes: many }, 'mean-difference');
  expect(verdict?.probe).toBe('ridge');
});

test('classes of one row each leave none to hold out', async () => {
  const few = matrix(Float64Array.of(1, 2, 3, 4), 2, 2);
  const { verdict } = await eraseAndJudge({ points: few, classes: ['a', 'b'] }, 'leace');
  expect(verdict).toBeNull();
});

test('the same seed gives the same verdict, another other rows', async () => {
  const of = (seed: number) => eraseAndJudge({ points, classes }, 'leace', {}, { seed });
  expect((await of(1)).verdict).toEqual((await of(1)).verdict);
  expect((await of(2)).verdict?.probeBefore).not.toEqual((await of(1)).verdict?.probeBefore);
});

test('an unknown method is refused by a sentence that names all', () => {
  expect(() => erasureById('lace')).toThrow(erasureIds().join(', '));
});

test('rows of zeros stay what they are, of cosine 1', async () => {
  const zeros = matrix(new Float64Array(24), 12, 2);
  const own = Array.from({ length: 12 }, (_, i) => (i % 2 ? 'a' : 'b'));
  const { rank, meanCosine, verdict } = await eraseAndJudge(
    { points: zeros, classes: own },
    'leace',
  );
  expect([rank, meanCosine, verdict?.random]).toEqual([0, 1, null]);
});
