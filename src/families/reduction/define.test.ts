import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import * as methods from './index.ts';
import type { Reduction } from './types.ts';

const random = Random.fromSeed(1);
const points = matrix(
  Float64Array.from({ length: 30 * 4 }, () => random.normal()),
  30,
  4,
);
const reductions = (Object.values(methods) as unknown[]).filter(
  (method): method is Reduction => typeof method === 'function' && 'spec' in method,
);
/** Few steps, and no more columns than there are. */
const OWN: Readonly<Record<string, object>> = {
  tldr: { dim: 3, epochs: 2 },
  'random-projection': { dim: 3 },
  'diffusion-net': { steps: 20 },
  'gaussian-linear': { steps: 20 },
};

test.each(reductions.map((method) => [method.spec.id, method] as const))(
  '%s saves a checkpoint, or says that it has none',
  async (id, method) => {
    let isSaved = false;
    const store = {
      name: 'memory',
      load: async () => undefined,
      async save() {
        isSaved = true;
      },
    };
    const options = (OWN[id] ?? {}) as never;
    const { warnings } = await method(points, options, { checkpoint: { store, every: 1 } });
    const said = warnings.some((text) => text.includes('no checkpoint was saved'));
    expect(said).toBe(!isSaved);
  },
);

test.each(reductions.map((method) => [method.spec.id, method] as const))(
  '%s reads the neighbours given, or says that it does not',
  async (id, method) => {
    // Lists of too few rows: whoever reads them refuses them.
    const neighbors = {
      n: 2,
      k: 1,
      indices: Int32Array.of(1, 0),
      distances: Float64Array.of(1, 1),
      metric: 'euclidean' as const,
    };
    const run = { neighbors: neighbors as never };
    const outcome = await method(points, (OWN[id] ?? {}) as never, run).then(
      ({ warnings }) => warnings.find((text) => text.includes('were not used')),
      (cause: Error) => cause.message,
    );
    expect(outcome).toMatch(/^neighbors: expected 30 lists|were not used/);
  },
);
