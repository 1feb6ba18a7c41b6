import { describe, expect, test } from 'vitest';
import { matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { diffusionMap } from './diffusion-map.ts';
import { diffusionNet } from './diffusion-net.ts';
import { outlierScores, reconstructed } from './public.ts';

/** Rows of an arc of a circle in three columns, and others of it. */
function arc(n: number, seed: number) {
  const random = Random.fromSeed(seed);
  const data = new Float64Array(n * 3);
  for (let i = 0; i < n; i++) {
    const t = 4 * random.uniform();
    data.set([10 + Math.cos(t), Math.sin(t), 0.1 * t], 3 * i);
  }
  return matrix(data, n, 3);
}

const small = { dim: 1, hidden: 12, layers: 1, steps: 400, eta: 10 };

test('the encoder gives the coordinates of the diffusion map, for other rows as well', async () => {
  const [points, others] = [arc(150, 1), arc(60, 2)];
  const { facts, model } = await diffusionNet(points, small);
  expect(facts['encoderError']).toBeLessThan(0.01);
  const map = await diffusionMap(points, { dim: 1 });
  const [there, here] = [
    await diffusionMap.transform(map.model, others),
    await diffusionNet.transform(model, others),
  ];
  let off = 0;
  here.data.forEach((y, i) => {
    off += (y - there.data[i]) ** 2 / 60;
  });
  // The coordinates have mean square near 1.
  expect(off).toBeLessThan(0.01);
});

test('the decoder leads back to the rows, and rows elsewhere stand out', async () => {
  const { points, model, facts } = await diffusionNet(arc(150, 1), small);
  // The coordinate hardly moves near the ends of the arc.
  expect(facts['reconstruction']).toBeLessThan(0.05);
  const rebuilt = await reconstructed(model, points);
  const { data } = arc(150, 1);
  const means = [0, 1, 2].map((c) =>
    data.reduce((sum, x, e) => (e % 3 === c ? sum + x / 150 : sum), 0),
  );
  let [off, all] = [0, 0];
  data.forEach((x, e) => {
    off += (rebuilt.data[e] - x) ** 2;
    all += (x - means[e % 3]) ** 2;
  });
  expect(facts['reconstruction']).toBeCloseTo(off / all, 12);
  const scores = await outlierScores(model, arc(150, 1));
  expect(scores.reduce((sum, score) => sum + score, 0) / 150).toBeCloseTo(1, 10);
  const [score] = await outlierScores(model, matrix(Float64Array.of(10, 0, 0.2), 1, 3));
  expect(score).toBeGreaterThan(Math.max(...scores));
});

test('the weight of being eigenvectors holds the outputs to the walk', async () => {
  const points = arc(150, 1);
  const loose = await diffusionNet(points, { ...small, eta: 0, steps: 60 });
  const held = await diffusionNet(points, { ...small, eta: 1e5, steps: 60 });
  // So much of it that 0, an eigenvector of any value, is the better answer: the coordinates are lost.
  expect(held.facts['encoderError']).toBeGreaterThan(2 * loose.facts['encoderError']);
});

describe('a long training', () => {
  test('goes on from its checkpoint to the same bytes', async () => {
    const points = toFloat32(arc(60, 3));
    let saved: Uint8Array | undefined;
    const store = {
      name: 'memory',
      load: async () => saved,
      async save(bytes: Uint8Array) {
        saved = bytes.slice();
      },
    };
    const options = { ...small, steps: 40 };
    const whole = await diffusionNet(points, options);
    const controller = new AbortController();
    const onFrame = ({ step }: { step: number }) => {
      if (step === 15) controller.abort();
    };
    const stopped = { checkpoint: { store }, signal: controller.signal, onFrame };
    await expect(diffusionNet(points, options, stopped)).rejects.toThrow('stopped');
    const resumed = await diffusionNet(points, options, { checkpoint: { store }, resume: true });
    expect(resumed.points).toEqual(whole.points);
    await expect(
      diffusionNet(arc(61, 3), options, { checkpoint: { store }, resume: true }),
    ).rejects.toThrow('rows of the checkpoint is 60 × 3');
  });

  test('shows where the rows lie while it goes', async () => {
    const steps: number[] = [];
    const { points } = await diffusionNet(
      arc(40, 3),
      { ...small, steps: 5 },
      {
        onFrame({ step, points: { rows, cols } }) {
          steps.push(step);
          expect([rows, cols]).toEqual([40, 1]);
        },
      },
    );
    expect(steps).toEqual([1, 2, 3, 4, 5]);
    expect(points.rows).toBe(40);
  });
});

test('places of another length are refused', async () => {
  const { model } = await diffusionNet(arc(30, 1), { ...small, steps: 1 });
  const wide = matrix(new Float64Array(4), 1, 4);
  await expect(reconstructed(model, wide)).rejects.toThrow(
    'reconstructed: expected places of 1; got 4.',
  );
  await expect(outlierScores(model, wide)).rejects.toThrow(
    'outlierScores: expected rows of 3; got 4.',
  );
});
