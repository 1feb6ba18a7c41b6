import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { normalization, transformerBlock } from './index.ts';

/** Two sequences of three rows. */
function sequences(cols: number) {
  const random = Random.fromSeed(2);
  return Float64Array.from({ length: 6 * cols }, () => random.normal());
}

describe('transformerBlock', () => {
  const options = { name: 'block.0', cols: 4, heads: 2, hidden: 6, float64: true };

  test('names its parameters by what they do', () => {
    expect(transformerBlock(options).parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ['block.0.attention.norm.weight', [4]],
      ['block.0.attention.norm.bias', [4]],
      ...['query', 'key', 'value', 'output'].flatMap((part) => [
        [`block.0.attention.${part}.weight`, [4, 4]],
        [`block.0.attention.${part}.bias`, [4]],
      ]),
      ['block.0.mlp.norm.weight', [4]],
      ['block.0.mlp.norm.bias', [4]],
      ['block.0.mlp.0.weight', [6, 4]],
      ['block.0.mlp.0.bias', [6]],
      ['block.0.mlp.1.weight', [4, 6]],
      ['block.0.mlp.1.bias', [4]],
    ]);
  });

  test('whose outputs are nothing leaves rows as they are', async () => {
    const block = transformerBlock(options);
    for (const { name, data } of block.parameters) if (/output|mlp\.1/.test(name)) data.fill(0);
    const x = sequences(4);
    expect(await evaluate(block(constant(x, [2, 3, 4])))).toEqual(x);
  });

  test('that is causal sees nothing of what comes, one that is not does', async () => {
    const x = sequences(4);
    const changed = x.slice();
    changed.fill(7, 8, 10);
    for (const causal of [true, false]) {
      const block = transformerBlock({ ...options, causal });
      const [own, other] = [
        await evaluate(block(constant(x, [2, 3, 4]))),
        await evaluate(block(constant(changed, [2, 3, 4]))),
      ];
      const [before, after] = [own.subarray(0, 8), other.subarray(0, 8)];
      if (causal) expect(after).toEqual(before);
      else expect(after).not.toEqual(before);
      expect(other.subarray(8, 12)).not.toEqual(own.subarray(8, 12));
      expect(other.subarray(12)).toEqual(own.subarray(12));
    }
  });

  test('sees no row behind the length of its sequence', async () => {
    const block = transformerBlock(options);
    const x = sequences(4);
    const padded = await evaluate(block(constant(x, [2, 3, 4]), [2, 3]));
    const alone = await evaluate(block(constant(x.slice(0, 8), [1, 2, 4])));
    expect(padded.subarray(0, 8)).toEqual(alone);
    expect(padded.subarray(12)).toEqual(
      (await evaluate(block(constant(x, [2, 3, 4])))).subarray(12),
    );
  });

  test('has the gradient of its value', async () => {
    const block = transformerBlock({ ...options, causal: true });
    const x = constant(sequences(4), [2, 3, 4]);
    for (const ratio of await gradientRatios(() => block(x), block.parameters))
      expect(ratio).toBeGreaterThan(3.8);
  });

  test('refuses heads that do not divide the columns', () => {
    expect(() => transformerBlock({ name: 'b', cols: 4, heads: 3 })).toThrow(
      'transformerBlock: option "heads" must be a whole number that divides 4 columns; got 3.',
    );
  });
});

test('normalization begins with rows of mean 0 and variance 1', async () => {
  const norm = normalization({ name: 'n', cols: 2, float64: true });
  const y = await evaluate(norm(constant(Float64Array.of(3, 5), [1, 2])));
  // ε = 1e-5 beside a variance of 1.
  const one = 1 / Math.sqrt(1 + 1e-5);
  expect([...y]).toEqual([-one, one].map((value) => expect.closeTo(value, 12)));
});
