import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { gradientsOf, layer, parameter, type Tensor, Workspace } from '../../../learning/index.ts';
import { lossOfViews } from './two-view-loss.ts';

/** Two things in two views: (1, 0) and (0, 2), then (1, 1) and (0, 4). */
const values = [1, 0, 0, 2, 1, 1, 0, 4];
const partners = Int32Array.of(2, 3, 0, 1);
const itself = layer([], (x: Tensor) => x);

async function differentiated(
  weights: Parameters<typeof lossOfViews>[1],
  predictor?: typeof itself,
) {
  const rows = parameter('rows', Float64Array.from(values), [4, 2]);
  const { loss } = lossOfViews({ rows, partners, predictor, random: Random.fromSeed(1) }, weights);
  const found = await gradientsOf(loss, new Workspace(referenceEngine));
  return { loss: found.loss, gradient: [...(found.gradients.get(rows)?.data ?? [])] };
}

describe('the loss of two views', () => {
  test('is the mean squared difference off the sphere, and of unit rows their squared distance', async () => {
    const raw = { against: 't-regs', againstWeight: 0, alignment: 1 } as const;
    expect((await differentiated(raw)).loss).toBeCloseTo((1 + 4) / 4, 12);
    const unit = { against: 'none', againstWeight: 0, alignment: 3 } as const;
    // (1, 0) and (1, 1)/√2 are 2 − √2 apart, squared; the others have one direction.
    expect((await differentiated(unit)).loss).toBeCloseTo((3 * (2 - Math.SQRT2)) / 2, 12);
  });

  test('has half the gradient where the other view is held', async () => {
    const weights = { against: 't-regs', againstWeight: 0, alignment: 1 } as const;
    const free = await differentiated(weights);
    const held = await differentiated(weights, itself);
    expect(held.loss).toBeCloseTo(free.loss, 12);
    expect(held.gradient).toEqual(free.gradient.map((slope) => slope / 2));
  });

  test('adds the objective of each view, halved', async () => {
    const weights = { against: 't-regs', againstWeight: 1, alignment: 0 } as const;
    // One edge a view: √5 and √10 over two rows; lengths 1, 2 and √2, 4 stand off 1.
    const tree = (Math.sqrt(5) + Math.sqrt(10)) / 4;
    const lengths = (0 + 1 + (Math.SQRT2 - 1) ** 2 + 9) / 4;
    expect((await differentiated(weights)).loss).toBeCloseTo(-0.2 * tree + 8e-4 * lengths, 12);
  });
});
