import { expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/reference.ts';
import { evaluate, Workspace } from '../../../learning/index.ts';
import { learnedThresholds } from './learned-thresholds.ts';

const context = {
  fields: [
    { name: 'user', size: 3 },
    { name: 'item', size: 2 },
  ],
  dim: 2,
  like: new Float64Array(0),
};
const made = (thresholds: 'field' | 'column' | 'row' | 'element') =>
  learnedThresholds({ thresholds, start: 0, pace: 2 }, context);
const workspace = new Workspace(referenceEngine);
const sigmoid = (s: number) => 1 / (1 + Math.exp(-s));

test('a threshold belongs to a field, a column, a row or a number', () => {
  const shapes = (thresholds: Parameters<typeof made>[0]) =>
    made(thresholds).parameters.map(({ shape }) => shape);
  expect(shapes('field')).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(shapes('column')).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(shapes('row')).toEqual([
    [3, 1],
    [2, 1],
  ]);
  expect(shapes('element')).toEqual([
    [3, 2],
    [2, 2],
  ]);
});

test('what a step sees of some ids is what each of their numbers has', async () => {
  for (const thresholds of ['field', 'column', 'row', 'element'] as const) {
    const { parameters, of, at } = made(thresholds);
    const [{ data, shape }] = parameters;
    data.forEach((_, i) => {
      data[i] = i / 4;
    });
    const seen = await evaluate(of(0, [2, 1]), workspace);
    const [rows, cols] = [shape[0] === 1 ? 1 : 2, shape[1]];
    expect(seen).toHaveLength(rows * cols);
    [2, 1].forEach((id, i) => {
      for (let c = 0; c < 2; c++) {
        const place = (rows === 1 ? 0 : i * cols) + (cols === 1 ? 0 : c);
        expect(at(0, id * 2 + c)).toBeCloseTo(seen[place], 15);
      }
    });
  }
});

test('s begins with `start`, and moves `pace` times as far as what is trained', () => {
  const own = learnedThresholds({ thresholds: 'field', start: -6, pace: 3 }, context);
  expect(own.at(0, 5)).toBeCloseTo(sigmoid(-6), 15);
  own.parameters[0].data[0] += 1;
  expect(own.at(0, 5)).toBeCloseTo(sigmoid(-3), 15);
});
