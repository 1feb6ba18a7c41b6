import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { classifier } from './classifier.ts';
import { graphClassifier } from './graph-classifier.ts';

/** Two communities of 60 rows: nine of ten edges stay inside, the rows themselves say little. */
function communities() {
  const random = Random.fromSeed(1);
  const n = 120;
  const side = (i: number) => i % 2;
  const data = Float32Array.from(
    { length: n * 4 },
    (_, e) => random.normal() + 0.4 * side(Math.floor(e / 4)),
  );
  const from: number[] = [];
  const to: number[] = [];
  for (let e = 0; e < 600; e++) {
    const [a, b] = [random.integer(n), random.integer(n)];
    if (side(a) !== side(b) && random.uniform() < 0.9) continue;
    from.push(a);
    to.push(b);
  }
  const classes = Array.from({ length: n }, (_, i) => `${side(i)}`);
  return { points: matrix(data, n, 4), classes, edges: { from, to } };
}

const options = { steps: 100, dim: 4, hidden: 8, heldOut: 0.8, learningRate: 0.02 };

describe('graph-classifier', () => {
  test('edges tell what the rows do not', async () => {
    const examples = communities();
    const { report } = await graphClassifier(examples, options);
    const alone = await classifier(examples, { ...options, head: 'softmax' });
    const [{ accuracy }, { accuracy: without }] = [report, alone.report];
    expect(accuracy).toBeGreaterThan(0.85);
    expect(accuracy).toBeGreaterThan(without + 0.1);
  });

  test('its embeddings of a saved model come with the edges', async () => {
    const examples = communities();
    const { model } = await graphClassifier(examples, { ...options, steps: 5 });
    const { points } = await graphClassifier.embed(model, examples);
    expect([points.rows, points.cols]).toEqual([120, 4]);
    await expect(graphClassifier.embed(model, { points: examples.points })).rejects.toThrow(
      'graph-classifier: edges are needed.',
    );
  });

  test('every step is an epoch, however many rows a batch has', async () => {
    const run = { ...options, steps: 0, epochs: 7, batch: 8 };
    expect((await graphClassifier(communities(), run)).steps).toBe(7);
  });

  test('an edge to no row is refused', async () => {
    const examples = { ...communities(), edges: { from: [0], to: [120] } };
    await expect(graphClassifier(examples, options)).rejects.toThrow(
      'graph-classifier: edge 0 joins 0 and 120; rows are 0 … 119.',
    );
  });
});
