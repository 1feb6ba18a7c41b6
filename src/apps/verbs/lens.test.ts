import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { tokenEnergy } from '../../families/comparisons/index.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { rotation } from '../../testing/points.ts';
import { lens } from './lens.ts';

const identity = (n: number) =>
  matrix(
    Float64Array.from({ length: n * n }, (_, e) => (e % (n + 1) === 0 ? 1 : 0)),
    n,
    n,
  );
const row = (...values: number[]) => matrix(Float64Array.from(values), 1, values.length);

describe('lens', () => {
  test('probabilities and entropy are those of a softmax that is known', async () => {
    const states = row(Math.log(2), Math.log(1), Math.log(1));
    const { layers, chance } = await lens([states], identity(3), {
      norm: 'none',
      sets: { first: [0], others: [1, 2, 2] },
    });
    const [{ sets, entropy, top }] = layers;
    expect(sets['first'].value).toBeCloseTo(0.5, 14);
    expect(sets['others'].value).toBeCloseTo(0.5, 14);
    expect(entropy.value).toBeCloseTo(1.5, 14);
    expect(top[0]).toEqual({ token: 0, value: expect.closeTo(0.5, 14) });
    expect(chance.entropy).toBeCloseTo(Math.log2(3), 14);
    expect(chance.sets).toEqual({ first: 1 / 3, others: 2 / 3 });
  });

  test('a state is divided by its root mean square, or standardized, then takes gain and shift', async () => {
    const of = async (norm: 'rms' | 'layer') => {
      const options = { norm, epsilon: 0, gain: [1, 2], shift: [0, 1], sets: { a: [0] } };
      const [{ sets }] = (await lens([row(3, 1)], identity(2), options)).layers;
      return Math.log(sets['a'].value / (1 - sets['a'].value));
    };
    const rms = Math.sqrt(5);
    expect(await of('rms')).toBeCloseTo(3 / rms - (2 / rms + 1), 12);
    expect(await of('layer')).toBeCloseTo(1 - (-2 + 1), 12);
  });

  test('the energy is that of the comparison, 1 in orthonormal tokens, and sees the gain', async () => {
    const [states, tokens] = [normalMatrix(12, 6, 1), normalMatrix(40, 6, 2)];
    const { value } = await tokenEnergy({ a: states, b: tokens });
    expect((await lens([states], tokens)).layers[0].energy.value).toBeCloseTo(value, 12);
    expect((await lens([states], rotation(6, 3))).layers[0].energy.value).toBeCloseTo(1, 12);
    const gain = [0.1, 1, 1, 1, 1, 3];
    const weighted = { ...tokens, data: tokens.data.map((x, e) => x * gain[e % 6]) };
    const wanted = (await tokenEnergy({ a: states, b: weighted })).value;
    expect((await lens([states], tokens, { gain })).layers[0].energy.value).toBeCloseTo(wanted, 12);
  });

  test('each state is asked for its own list, by label where there are some', async () => {
    const states = matrix(Float64Array.of(9, 0, 0, 0, 9, 0), 2, 3);
    const unembedding = { points: identity(3), labels: ['un', 'one', 'zwei'] };
    const sets = { own: [['un'], ['one']], other: [['one'], ['zwei', 'un']] };
    const { layers } = await lens([states, states], unembedding, { norm: 'none', sets });
    expect(layers[1].sets['own'].value).toBeGreaterThan(0.999);
    expect(layers[1].sets['other'].value).toBeLessThan(0.001);
    expect(layers[0].top.map(({ label }) => label)).toContain('un');
  });

  test('states of float32 on the fast engine agree with float64', async () => {
    const narrow = (m: Matrix) => ({ ...m, data: Float32Array.from(m.data) });
    const [states, tokens] = [normalMatrix(20, 8, 4), normalMatrix(50, 8, 5)];
    const sets = { some: [1, 2, 3] };
    const fast = await lens([narrow(states)], narrow(tokens), { sets });
    const exact = await lens([states], tokens, { sets });
    expect(['wasm', 'native']).toContain(fast.engine);
    const [a, b] = [fast.layers[0], exact.layers[0]];
    expect(a.entropy.value).toBeCloseTo(b.entropy.value, 5);
    expect(a.energy.value).toBeCloseTo(b.energy.value, 5);
    expect(a.sets['some'].value).toBeCloseTo(b.sets['some'].value, 5);
  });

  test('a single state has no interval; huge logits underflow to 0 bits; a token of zeros is said', async () => {
    const tokens = matrix(Float64Array.of(1e6, 0, 0, 1e6, 0, 0), 3, 2);
    const { layers, warnings } = await lens([row(1, 0)], tokens, { norm: 'none' });
    expect(layers[0].entropy).toEqual({ value: 0, low: null, high: null });
    expect(layers[0].energy.value).toBeCloseTo(1, 14);
    expect(warnings).toEqual(['1 token has length zero and no part in the energy.']);
  });

  test('sets that share tokens are said to', async () => {
    const sets = { a: [0, 1], b: [[1], [2]] };
    const { warnings } = await lens([normalMatrix(2, 3, 1)], identity(3), { sets });
    expect(warnings).toEqual(['a and b have tokens in common in 1 of 2 states.']);
  });

  test('what does not belong together is refused in a sentence', async () => {
    const states = normalMatrix(2, 3, 1);
    const of = (options: object) => lens([states], identity(3), options);
    await expect(lens([], identity(3))).rejects.toThrow('lens: expected at least one layer');
    await expect(lens([normalMatrix(2, 4, 1)], identity(3))).rejects.toThrow(
      'lens: expected states of 3 columns, as the unembedding has; got 4 in layer 0.',
    );
    await expect(lens([states, normalMatrix(3, 3, 1)], identity(3))).rejects.toThrow(
      'lens: expected as many states in every layer as in the first, 2; got 3 in layer 1.',
    );
    await expect(lens([row(0, 0, 0)], identity(3))).rejects.toThrow('length zero');
    await expect(lens([row(NaN, 0, 0)], identity(3))).rejects.toThrow('not finite');
    await expect(of({ gain: [1] })).rejects.toThrow('lens: expected a gain of 3 numbers; got 1.');
    await expect(of({ sets: { a: [3] } })).rejects.toThrow(
      'lens: the set "a": a token from 0 to 2 or a label is expected; got 3.',
    );
    await expect(of({ sets: { a: ['x'] } })).rejects.toThrow(
      'lens: the set "a": the token "x" needs an unembedding with labels.',
    );
    await expect(of({ sets: { a: [[0], [1], [2]] } })).rejects.toThrow(
      'lens: the set "a" has 3 lists for 2 states.',
    );
    await expect(of({ sets: { a: [] } })).rejects.toThrow('lens: the set "a" has no tokens.');
    await expect(of({ sets: { a: [[0], []] } })).rejects.toThrow(
      'lens: the set "a", state 1 has no tokens.',
    );
    await expect(of({ sets: { a: 1 } })).rejects.toThrow('lens: the set "a" is no list of tokens.');
    await expect(of({ top: -1 })).rejects.toThrow(
      'lens: option "top" must be an integer in [0, ∞]; got -1.',
    );
    await expect(of({ norm: 'batch' })).rejects.toThrow('lens: option "norm" must be one of');
    await expect(lens([states], matrix(new Float64Array(9), 3, 3))).rejects.toThrow(
      'lens: the unembedding has no token of any length.',
    );
  });
});
