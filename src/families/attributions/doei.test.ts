import { describe, expect, test } from 'vitest';
import { classActivation } from './class-activation.ts';
import { doei } from './doei.ts';

const a = [
  [2, 0.1],
  [0.1, 0],
  [0, 1],
  [-1, 0.5],
];
const b = [
  [1, 0],
  [0, 1],
];
const query = { b: 0 };

describe('doei', () => {
  test('without gain and steps: the activation map, none below 0', async () => {
    const plain = await classActivation({ a, b, query });
    const { contributions, score } = await doei({ a, b, query }, { gain: 0, steps: 0 });
    expect([...contributions.values]).toEqual(
      Array.from(plain.contributions.values, (x) => Math.max(0, x)),
    );
    expect(score).toBe(plain.score);
  });

  test('sure tokens are amplified by 1 + γ, unsure ones damped by 1 − γ', async () => {
    const attention = [
      [1, 0],
      [0, 1],
      [0, 1],
      [0, 1],
    ];
    const options = { gain: 0.5, steps: 0 };
    const { contributions } = await doei({ a, b, query, cues: { attention } }, options);
    // Tokens are float32: 0.1 is so to 7 digits.
    [1.5 * 2, 0.5 * 0.1, 0, 0].forEach((value, i) => {
      expect(4 * contributions.values[i]).toBeCloseTo(value, 6);
    });
  });

  test('its map is not the score: the gap says by how much, and nothing warns', async () => {
    const { score, contributions, gap, warnings } = await doei({ a, b, query });
    const sum = contributions.values.reduce((all, x) => all + x, 0);
    expect(gap).toBeCloseTo(score - sum, 12);
    expect(Math.abs(gap)).toBeGreaterThan(0.1);
    expect(warnings).toEqual([]);
    expect(doei.exact).toBe(false);
  });

  test('the map runs along every cue that is given: a walk keeps to what is alike in all', async () => {
    const same = [
      [1, 0],
      [1, 0],
      [1, 0],
    ];
    const features = [[0], [0], [9]];
    const attention = [
      [1, 0],
      [0, 0],
      [0, 0],
    ];
    const cues = { features, attention };
    const { contributions } = await doei({ a: same, b, query, cues }, { gain: 1, steps: 1 });
    const [first, second, third] = contributions.values;
    expect(second).toBeCloseTo(first, 9);
    expect(third).toBeLessThan(1e-2 * first);
    const affinity = [
      [1, 0, 1],
      [0, 1, 0],
      [1, 0, 1],
    ];
    const blocked = await doei(
      { a: same, b, query, cues: { attention, affinity } },
      { gain: 1, steps: 1 },
    );
    expect(blocked.contributions.values[1]).toBe(0);
    expect(blocked.contributions.values[2]).toBeGreaterThan(0);
  });

  test('refuses cues of other tokens', async () => {
    await expect(doei({ a, b, query, cues: { attention: [[1, 2]] } })).rejects.toThrow(
      'doei, attention: expected 4 × 2; got 1 × 2.',
    );
    const affinity = a.map((_, i) => a.map((__, j) => (i === j ? 1 : -1)));
    await expect(doei({ a, b, query, cues: { affinity } })).rejects.toThrow(
      'doei, affinity: number 1 is -1; expected none below 0.',
    );
  });
});
