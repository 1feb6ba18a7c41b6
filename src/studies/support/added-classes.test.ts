import { expect, test } from 'vitest';
import { matrix, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/index.ts';
import { addedClasses } from './added-classes.ts';

/** Four classes about four axes. */
function rows(n: number, seed: number) {
  const random = Random.fromSeed(seed);
  const labels = Int32Array.from({ length: n }, (_, i) => i % 4);
  const data = Float32Array.from(
    { length: 4 * n },
    (_, e) => (e % 4 === labels[Math.floor(e / 4)] ? 1 : 0) + 0.1 * random.normal(),
  );
  return { vectors: matrix(data, n, 4), labels };
}

test('classes that come later are told when they were learned, and not before', async () => {
  const vectors = zeros(4, 4);
  for (let c = 0; c < 4; c++) vectors.data[5 * c] = 1;
  const options = { classes: 4, known: 2, hidden: 16, steps: 60, learningRate: 0.02, scale: 10 };
  const engine = await chooseEngine('wasm');
  const random = Random.fromSeed(3);
  const study = { engine, signal: undefined, seed: 3, random };
  const told = await addedClasses({ fit: rows(80, 1), test: rows(40, 2) }, vectors, options, study);
  expect(told.before).toBeLessThanOrEqual(0.5);
  expect(Math.min(told.fixed, told.linear, told.atOnce)).toBeGreaterThan(0.95);
});
