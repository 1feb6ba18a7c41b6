import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { neighborOverlap } from '../../families/comparisons/index.ts';
import { gride } from '../../families/metrics/index.ts';
import { rotation, turned } from '../../testing/points.ts';
import { greatSphere } from '../../testing/zoo.ts';
import { layers } from './layers.ts';

const engine = referenceEngine;
const sphere = (m: number, seed: number): Matrix => greatSphere(200, m, 12, Random.fromSeed(seed));
const stack = [sphere(3, 1), turned(sphere(3, 1), rotation(12, 5)), sphere(8, 2)];

describe('layers', () => {
  test('each layer has the numbers that its metrics and the overlap give alone', async () => {
    const found = await layers(stack, { engine });
    const { value, low } = await gride(stack[2], {}, { engine });
    expect(found.layers[2].metrics[1]).toMatchObject({ id: 'gride', value, low });
    const shared = await neighborOverlap({ a: stack[1], b: stack[2] }, {}, { engine });
    expect(found.layers[1].overlap).toMatchObject({ value: shared.value, null: shared.null });
    expect(found.layers.map(({ overlap }) => overlap === null)).toEqual([false, false, true]);
    expect(found.control).toBeUndefined();
  });

  test('a turned layer keeps all neighbours, and the peak is where the dimension is highest', async () => {
    const { layers: rows, peaks } = await layers(stack, { engine, metrics: ['gride', 'two-nn'] });
    expect(rows[0].overlap?.value).toBe(1);
    expect(rows[1].overlap?.value).toBeLessThan(0.15);
    expect(peaks.map(({ id, layer }) => [id, layer])).toEqual([
      ['gride', 2],
      ['two-nn', 2],
    ]);
  });

  test('permuted rows share neighbours by chance and have the same dimension', async () => {
    const { layers: rows, control } = await layers(stack, { engine, shuffle: true });
    expect(control?.how).toBe('rows permuted in each layer');
    expect(control?.layers[0].overlap?.value).toBeLessThan(0.1);
    for (const [l, { metrics }] of rows.entries()) {
      expect(control?.layers[l].metrics[1].value).toBeCloseTo(metrics[1].value ?? NaN, 9);
    }
  });

  test('a control of other layers stands beside them', async () => {
    const other = stack.map((_, l) => ({ points: sphere(5, l + 9), name: `shuffled ${l}` }));
    const { control } = await layers(stack, { engine, control: other, metrics: ['mean-cosine'] });
    expect(control?.how).toBe('layers of a shuffled text');
    expect(control?.layers.map(({ name }) => name)).toEqual(other.map(({ name }) => name));
  });

  test('the same seed gives the same numbers', async () => {
    const run = () => layers(stack, { engine, shuffle: true, seed: 3 });
    const [{ seconds: _, ...first }, { seconds: __, ...second }] = [await run(), await run()];
    expect(second).toEqual(first);
  });

  test('refuses stacks whose layers do not belong together', async () => {
    const fewer = gathered(stack[0], [0, 1, 2]);
    await expect(layers([stack[0], fewer])).rejects.toThrow(
      'layers: expected as many rows in every layer as in the first, 200; got 3 in layer 1',
    );
    await expect(layers(stack, { control: [stack[0]] })).rejects.toThrow(
      'layers: expected as many layers in the control, 3; got 1',
    );
    await expect(layers(stack, { control: stack, shuffle: true })).rejects.toThrow(
      'layers: option "shuffle" must be left out beside a control',
    );
    await expect(layers([])).rejects.toThrow('layers: expected at least one layer; got none');
    const zero = matrix(new Float64Array(2400), 200, 12);
    await expect(layers([stack[0], zero])).rejects.toThrow('layer 1: 200 rows have length zero');
    await expect(layers(stack, { metrics: ['nonsense'] })).rejects.toThrow('"metrics" must be all');
  });

  test('stops when it is told to', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const run = { signal: controller.signal, onProgress };
    await expect(layers(stack, { engine }, run)).rejects.toMatchObject({ code: 'aborted' });
  });
});
