import { expect, test } from 'vitest';
import { referenceEngine } from '../../../../engine/reference.ts';
import { constant, evaluate, Workspace } from '../../../../learning/index.ts';
import { clickModel } from './click-model.ts';

const workspace = new Workspace(referenceEngine);
const rows = (...values: number[]) => constant(Float64Array.from(values), [1, 2]);

test('the factorisation machine adds the products of all pairs of fields', async () => {
  const settings = { interactions: 'fm', fields: 3, dim: 2, hidden: 4, seed: 0 } as const;
  const { logits, parameters } = clickModel(settings, true);
  const [weight, bias] = parameters;
  weight.data.fill(0);
  bias.data[0] = 0.25;
  const [z] = await evaluate(logits([rows(1, 2), rows(3, -1), rows(0.5, 4)]), workspace);
  // ⟨a,b⟩ = 1, ⟨a,c⟩ = 8.5, ⟨b,c⟩ = −2.5.
  expect(z).toBeCloseTo(0.25 + 1 + 8.5 - 2.5, 12);
});

test('deep-fm is the sum of the other two with their weights', async () => {
  const base = { fields: 2, dim: 2, hidden: 4, seed: 5 } as const;
  const vectors = [rows(0.3, -2), rows(1.5, 0.7)];
  const of = async (interactions: 'fm' | 'mlp' | 'deep-fm') => {
    const [z] = await evaluate(
      clickModel({ ...base, interactions }, true).logits(vectors),
      workspace,
    );
    return z;
  };
  expect(await of('deep-fm')).toBeCloseTo((await of('fm')) + (await of('mlp')), 12);
});
