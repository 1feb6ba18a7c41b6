import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { sphere } from '../../manifolds/sphere.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { dense, embeddingTable, mlp, prototypes } from './index.ts';

const squares = (data: ArrayLike<number>) =>
  Array.from(data).reduce((all, value) => all + value * value, 0);

describe('dense', () => {
  test('is x·Wᵀ + b with named parameters, W a row for each output', async () => {
    const layer = dense({ name: 'encoder.0', inputs: 2, outputs: 3 });
    expect(layer.parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ['encoder.0.weight', [3, 2]],
      ['encoder.0.bias', [3]],
    ]);
    const [weight, bias] = layer.parameters;
    weight.data.set([1, 2, 3, 4, 5, 6]);
    bias.data.set([10, 20, 30]);
    const y = await evaluate(layer(constant(Float32Array.of(1, -1), [1, 2])));
    expect([...y]).toEqual([9, 19, 29]);
  });

  test('begins with the same values for the same seed and name, whatever else was made', () => {
    const first = dense({ name: 'a', inputs: 4, outputs: 4, seed: 3 });
    dense({ name: 'b', inputs: 9, outputs: 9, seed: 3 });
    const again = dense({ name: 'a', inputs: 4, outputs: 4, seed: 3 });
    expect(again.parameters[0].data).toEqual(first.parameters[0].data);
    for (const other of [
      { name: 'c', seed: 3 },
      { name: 'a', seed: 4 },
    ])
      expect(dense({ inputs: 4, outputs: 4, ...other }).parameters[0].data).not.toEqual(
        first.parameters[0].data,
      );
  });

  test('he has the variance 2/k, glorot 2/(k + m) within ±√(6/(k + m)), to five standard errors', () => {
    const weights = (initial: 'he' | 'glorot') =>
      dense({ name: 'w', inputs: 100, outputs: 50, initial }).parameters[0].data;
    const he = (squares(weights('he')) / 5000) * 50;
    const glorot = (squares(weights('glorot')) / 5000) * 75;
    // Var x² is 2σ⁴ for the normal, 4σ⁴/5 for the uniform distribution.
    expect(Math.abs(he - 1)).toBeLessThan(5 * Math.sqrt(2 / 5000));
    expect(Math.abs(glorot - 1)).toBeLessThan(5 * Math.sqrt(0.8 / 5000));
    expect(Math.max(...weights('glorot').map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / 150));
  });

  test('may begin at zero, without a bias, in float64', () => {
    const { parameters } = dense({
      name: 'w',
      inputs: 2,
      outputs: 1,
      bias: false,
      initial: 'zeros',
      float64: true,
    });
    expect(parameters.map(({ data }) => data)).toEqual([new Float64Array(2)]);
  });
});

describe('mlp', () => {
  test('has nothing behind its last layer and an activation behind the others', async () => {
    const net = mlp({ name: 'm', sizes: [1, 1, 1] });
    expect(net.parameters.map(({ name }) => name)).toEqual([
      'm.0.weight',
      'm.0.bias',
      'm.1.weight',
      'm.1.bias',
    ]);
    for (const [i, { data }] of net.parameters.entries()) data[0] = [1, 0, -2, 0.5][i];
    const y = await evaluate(net(constant(Float32Array.of(3, -3), [2, 1])));
    expect([...y]).toEqual([-5.5, 0.5]);
  });

  test('has the gradient of its value', async () => {
    const net = mlp({ name: 'm', sizes: [3, 5, 2], float64: true });
    const x = constant(Float64Array.of(1, 2, -1, 0.5, -2, 3), [2, 3]);
    for (const ratio of await gradientRatios(() => net(x), net.parameters))
      expect(ratio).toBeGreaterThan(3.8);
  });

  test('of one size is refused', () => {
    expect(() => mlp({ name: 'm', sizes: [3] })).toThrow(
      'mlp: option "sizes" must be two lengths or more; got [3].',
    );
  });
});

describe('embeddingTable', () => {
  test('gives its rows; on a manifold they begin as points of it', async () => {
    const table = embeddingTable({ name: 't', rows: 5, cols: 3, manifold: sphere, byRows: true });
    const [weight] = table.parameters;
    expect([weight.name, weight.manifold, weight.byRows]).toEqual(['t.weight', sphere, true]);
    for (let i = 0; i < 5; i++)
      expect(squares(weight.data.subarray(3 * i, 3 * i + 3))).toBeCloseTo(1, 6);
    expect(await evaluate(table([4, 0]))).toEqual(
      Float32Array.of(...weight.data.slice(12), ...weight.data.slice(0, 3)),
    );
  });

  test('plain numbers begin small', () => {
    const [{ data }] = embeddingTable({ name: 't', rows: 100, cols: 50 }).parameters;
    const ratio = squares(data) / 5000 / 0.02 ** 2;
    expect(Math.abs(ratio - 1)).toBeLessThan(5 * Math.sqrt(2 / 5000));
  });
});

describe('prototypes', () => {
  test('give cosines times the scale, however long the rows are', async () => {
    const fixed = matrix(Float32Array.of(2, 0, 0, 3), 2, 2);
    const head = prototypes({ name: 'p', classes: 2, cols: 2, scale: 10, fixed });
    expect(head.parameters).toEqual([]);
    const y = await evaluate(head(constant(Float32Array.of(3, 4), [1, 2])));
    expect([...y]).toEqual([6, 8].map((value) => expect.closeTo(value, 5)));
  });

  test('that are learned are unit vectors of the sphere, by name', () => {
    const { parameters, directions } = prototypes({ name: 'head', classes: 4, cols: 3, seed: 1 });
    expect(parameters).toEqual([directions]);
    expect([parameters[0].name, parameters[0].manifold]).toEqual(['head.weight', sphere]);
    const { data } = parameters[0];
    for (let c = 0; c < 4; c++) expect(squares(data.slice(3 * c, 3 * c + 3))).toBeCloseTo(1, 6);
    const random = Random.fromSeed(1).fork('head.weight');
    const first = new Float32Array(3);
    sphere.randomPoint(random, first);
    expect(data.slice(0, 3)).toEqual(first);
  });

  test('fixed ones of another shape are refused', () => {
    const fixed = matrix(new Float32Array(6), 3, 2);
    expect(() => prototypes({ name: 'p', classes: 2, cols: 2, fixed })).toThrow(
      'prototypes: expected fixed directions, 2 × 2; got 3 × 2.',
    );
  });
});
