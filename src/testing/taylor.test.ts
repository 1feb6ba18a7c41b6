import { describe, expect, it } from 'vitest';
import { type Matrix, zeros64 } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import type { PairKernel } from '../engine/kernels/pairwise-energy/contract.ts';
import { referenceEngine } from '../engine/reference.ts';
import { taylorRatios } from './taylor.ts';

function randomUnit(n: number, d: number, seed: number): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  const m = zeros64(n, d);
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let c = i * d; c < (i + 1) * d; c++) {
      m.data[c] = random.normal();
      squared += m.data[c] ** 2;
    }
    for (let c = i * d; c < (i + 1) * d; c++) m.data[c] /= Math.sqrt(squared);
  }
  return m;
}

describe('taylorRatios', () => {
  const points = randomUnit(7, 4, 1);
  const direction = randomUnit(7, 4, 2);

  for (const distance of ['chordal', 'geodesic'] as const) {
    for (const [shape, scale] of [
      ['gaussian', 2],
      ['laplace', 1.5],
      ['riesz', 2],
      ['riesz', 0],
      ['riesz', -1.5],
    ] as const) {
      it(`is 4 for the ${distance} ${shape} energy with scale ${scale}`, async () => {
        const kernel: PairKernel = { shape, distance, scale };
        const ratios = await taylorRatios(
          async (x, g) => (await referenceEngine.pairwiseEnergy(x, kernel, g)).sum,
          points,
          direction,
        );
        for (const ratio of ratios) expect(ratio).toBeCloseTo(4, 0);
      });
    }
  }

  it('is 2 for a gradient that is wrong', async () => {
    const kernel: PairKernel = { shape: 'gaussian', distance: 'chordal', scale: 2 };
    const ratios = await taylorRatios(
      async (x, g) => {
        const { sum } = await referenceEngine.pairwiseEnergy(x, kernel, g);
        for (let i = 0; i < g.data.length; i++) g.data[i] *= 1.1;
        return sum;
      },
      points,
      direction,
    );
    expect(ratios.at(-1)).toBeCloseTo(2, 0);
  });
});
