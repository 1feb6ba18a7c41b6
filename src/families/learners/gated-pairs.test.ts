import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { autoencoder } from './autoencoder.ts';
import { gatedPairs } from './gated-pairs.ts';
import { pairGates } from './support/pair-gates.ts';

/** Four classes: two features of two values each, a column a value, and noise. */
function crossed(n: number) {
  const random = Random.fromSeed(4);
  const data = new Float32Array(n * 6);
  const classes = Array.from({ length: n }, (_, i) => {
    const [color, shape] = [i % 2, (i >> 1) % 2];
    for (let c = 0; c < 6; c++) data[i * 6 + c] = 0.3 * random.normal();
    data[i * 6 + color] += 2;
    data[i * 6 + 2 + shape] += 2;
    return `${color ? 'red' : 'blue'} ${shape ? 'square' : 'disc'}`;
  });
  return { points: matrix(data, n, 6), classes };
}

const small = {
  steps: 150,
  batch: 32,
  learningRate: 0.005,
  ...{ dim: 8, hidden: 16, projection: 8, gateDim: 8 },
};

/** Mean cosine of gated projections of rows of two classes, and of the first with all others. */
async function cosines(model: Parameters<typeof pairGates>[0], a: string, b: string) {
  const { points, classes } = crossed(80);
  const settings = { ...model.settings, embedding: 'projection' };
  const z = (await gatedPairs.embed({ ...model, settings } as typeof model, { points })).points;
  const gate = (await pairGates(model, [[a, b]])).data;
  const gated = (i: number) => {
    const row = Array.from(z.data.subarray(8 * i, 8 * i + 8)).map((x, c) => x * gate[c]);
    return row.map((x) => x / Math.hypot(...row));
  };
  const [inside, outside]: number[][] = [[], []];
  classes.forEach((own, i) => {
    if (own !== a) return;
    classes.forEach((other, j) => {
      const cosine = gated(i).reduce((sum, x, c) => sum + x * gated(j)[c], 0);
      if (other === b) inside.push(cosine);
      else if (other !== a) outside.push(cosine);
    });
  });
  const mean = (xs: number[]) => xs.reduce((x, y) => x + y) / xs.length;
  return { inside: mean(inside), outside: mean(outside) };
}

describe('gated-pairs', () => {
  test('rows of two classes that never are one agree inside their gate, and with no others', async () => {
    const { model, losses } = await gatedPairs(crossed(200), small);
    expect(losses[149]).toBeLessThan(0.5 * losses[0]);
    const { inside, outside } = await cosines(model, 'red square', 'red disc');
    expect(inside).toBeGreaterThan(outside + 0.3);
  });

  test('gates are numbers in (0, 1), the same for (a, b) and (b, a); without gates all are 1', async () => {
    const { model, report } = await gatedPairs(crossed(60), { ...small, steps: 20 });
    const { data, rows, cols } = await pairGates(model);
    expect([rows, cols]).toEqual([4, 8]);
    expect(Array.from(data).every((g) => g > 0 && g < 1)).toBe(true);
    const { gateOpen, gateEntropy } = report;
    expect(gateOpen).toBeCloseTo(
      Array.from(data).reduce((sum, g) => sum + g / 32, 0),
      5,
    );
    expect(gateEntropy).toBeLessThanOrEqual(1);
    const both = await pairGates(model, [
      ['red disc', 'blue disc'],
      ['blue disc', 'red disc'],
    ]);
    expect(both.data.slice(8)).toEqual(both.data.slice(0, 8));
    const plain = await gatedPairs(crossed(60), { ...small, steps: 2, gate: false });
    expect((await pairGates(plain.model)).data).toEqual(new Float32Array(32).fill(1));
    expect(plain.report).toEqual({ gateOpen: 1, gateEntropy: 0 });
  });

  test.each(['identical', 'distinct'] as const)('%s pairs learn too', async (pairs) => {
    const { losses } = await gatedPairs(crossed(200), { ...small, pairs });
    expect(losses[149]).toBeLessThan(0.6 * losses[0]);
  });

  test('a saved model has the running statistics of its gates, and gives the same', async () => {
    const examples = crossed(60);
    const { model } = await gatedPairs(examples, { ...small, steps: 20 });
    const stored = await decodeModel(encodeModel(model), 'model');
    expect((await pairGates(stored)).data).toEqual((await pairGates(model)).data);
    expect((await gatedPairs.embed(stored, examples)).points.data).toEqual(
      (await gatedPairs.embed(model, examples)).points.data,
    );
  });

  test('a run that is killed and resumed ends with the same bytes', async () => {
    const examples = crossed(60);
    const options = { ...small, steps: 20 };
    const whole = await gatedPairs(examples, options);
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = gatedPairs(examples, options, {
      signal: controller.signal,
      checkpoint: { store, every: 5 },
      onStep: ({ step }) => {
        if (step === 12) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const rest = await gatedPairs(examples, options, { checkpoint: { store }, resume: true });
    expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
  });

  test('says what does not fit', async () => {
    const { points, classes } = crossed(20);
    await expect(gatedPairs({ points, classes }, { ...small, batch: 1 })).rejects.toThrow(
      'gated-pairs: option "batch" must be two rows or more, to make pairs of; got 1.',
    );
    const { model } = await gatedPairs({ points, classes }, { ...small, steps: 1 });
    await expect(pairGates(model, [['red disc', 'green disc']])).rejects.toThrow(
      'model: the model knows no class "green disc".',
    );
    const other = await autoencoder({ points }, { steps: 1, hidden: 4, dim: 2 });
    await expect(pairGates(other.model)).rejects.toThrow(
      'model: the model was made by autoencoder; it has no gates.',
    );
  });
});
