import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { autoencoder } from './autoencoder.ts';

/** Rows in a plane of eight dimensions. */
function plane(n: number) {
  const random = Random.fromSeed(1);
  const axes = Float64Array.from({ length: 16 }, () => random.normal());
  const data = new Float32Array(n * 8);
  for (let i = 0; i < n; i++) {
    const [a, b] = [random.normal(), random.normal()];
    for (let c = 0; c < 8; c++) data[i * 8 + c] = a * axes[c] + b * axes[8 + c];
  }
  return { points: matrix(data, n, 8) };
}

const small = { steps: 300, batch: 32, dim: 2, hidden: 16, learningRate: 0.01, heldOut: 0.2 };
const losses = ['cmim', 'mim', 'vae', 'plain'] as const;

describe('autoencoder', () => {
  test.each(losses)('%s rebuilds points of a plane from two columns', async (loss) => {
    const { heldOut, reconstruction } = (
      await autoencoder(plane(200), { ...small, loss, noise: 0.3 })
    ).report;
    expect(heldOut).toBe(40);
    expect(reconstruction).toBeLessThan(0.1);
    const { report } = await autoencoder(plane(200), { ...small, loss, steps: 1 });
    const { reconstruction: untrained } = report;
    expect(untrained).toBeGreaterThan(0.5);
  });

  test('a large β draws the codes of a VAE to 0: nothing is told, and the error is all of the variance', async () => {
    const examples = plane(200);
    const { model, report } = await autoencoder(examples, { ...small, loss: 'vae', beta: 100 });
    const { reconstruction } = report;
    expect(reconstruction).toBeGreaterThan(0.9);
    const { points } = await autoencoder.embed(model, examples);
    expect(Array.from(points.data).reduce((sum, x) => sum + x * x, 0) / 400).toBeLessThan(0.01);
  });

  test('the contrast parts the directions of codes further', async () => {
    const examples = plane(100);
    const meanCosine = async (contrast: number) => {
      const { model } = await autoencoder(examples, { ...small, dim: 3, contrast, noise: 3 });
      const data = Array.from((await autoencoder.embed(model, examples)).points.data);
      let sum = 0;
      for (let i = 0; i < 100; i++) {
        for (let j = 0; j < i; j++) {
          const at = (k: number) => data.slice(3 * k, 3 * k + 3);
          const dot = at(i).reduce((total, x, c) => total + x * at(j)[c], 0);
          sum += Math.abs(dot / Math.hypot(...at(i)) / Math.hypot(...at(j)));
        }
      }
      return sum / 4950;
    };
    expect(await meanCosine(10)).toBeLessThan(await meanCosine(0));
  });

  test('a saved model gives the embeddings of the one that was trained; the decoder’s are its hidden columns', async () => {
    const examples = plane(40);
    const { model } = await autoencoder(examples, { ...small, embedding: 'decoder' });
    const own = await autoencoder.embed(model, examples);
    const again = await autoencoder.embed(await decodeModel(encodeModel(model), 'model'), examples);
    expect([own.points.rows, own.points.cols]).toEqual([40, 16]);
    expect(again.points.data).toEqual(own.points.data);
    // Behind relu.
    expect(Math.min(...own.points.data)).toBe(0);
    const codes = { ...model, settings: { ...model.settings, embedding: 'code' } };
    expect((await autoencoder.embed(codes, examples)).points.cols).toBe(2);
  });

  test('reconstructions are rows in their own units, as far off as the report says', async () => {
    const { points } = plane(60);
    const moved = matrix(
      points.data.map((x) => 3 * x + 5),
      60,
      8,
    );
    const options = { ...small, loss: 'plain', embedding: 'reconstruction', heldOut: 0 } as const;
    const { model, report } = await autoencoder({ points: moved }, options);
    const rebuilt = (await autoencoder.embed(model, { points: moved })).points;
    const mean = Array.from({ length: 8 }, (_, c) =>
      moved.data.reduce((sum, x, e) => sum + (e % 8 === c ? x / 60 : 0), 0),
    );
    let [off, all] = [0, 0];
    moved.data.forEach((x, e) => {
      off += (rebuilt.data[e] - x) ** 2;
      all += (x - mean[e % 8]) ** 2;
    });
    const { trainReconstruction } = report;
    expect(off / all).toBeCloseTo(trainReconstruction, 5);
    expect(off / all).toBeLessThan(0.1);
  });

  test('the last batch may be one row', async () => {
    const { loss } = await autoencoder(plane(9), { ...small, batch: 4, heldOut: 0, steps: 6 });
    expect(loss).toBeGreaterThan(-10);
  });

  test('says what does not fit', async () => {
    await expect(autoencoder({}, small)).rejects.toThrow('autoencoder: vectors are needed.');
    const { model } = await autoencoder(plane(20), small);
    await expect(
      autoencoder.embed(model, { points: matrix(new Float32Array(9), 3, 3) }),
    ).rejects.toThrow('autoencoder: expected rows of 8 columns, as the model learned; got 3 × 3.');
  });
});
