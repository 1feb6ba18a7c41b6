import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { pathMetric, vectorMetric } from './label-metric.ts';
import { explainPredictions } from './predictions.ts';

const metric = pathMetric('tree', [
  ['cat', 'feline'],
  ['tiger', 'feline'],
  ['feline', 'living'],
  ['oak', 'living'],
]);

test('distances of a tree are the steps between its labels', () => {
  const of = (a: string, b: string) =>
    metric.distances.data[metric.names.indexOf(a) * 5 + metric.names.indexOf(b)];
  expect([of('cat', 'tiger'), of('cat', 'oak'), of('oak', 'cat'), of('oak', 'oak')]).toEqual([
    2, 3, 3, 0,
  ]);
  expect(() =>
    pathMetric('tree', [
      ['a', 'b'],
      ['c', 'd'],
    ]),
  ).toThrow('tree: there is no path from "a" to "c"; the labels must hang together.');
});

test('distances of vectors are chords of their directions', () => {
  const { distances } = vectorMetric('v', ['a', 'b'], matrix(Float64Array.of(2, 0, 0, 5), 2, 2));
  expect(Array.from(distances.data)).toEqual([0, Math.SQRT2, Math.SQRT2, 0]);
});

test('two labels that are as likely give what lies between them, at a lower cost', () => {
  const found = explainPredictions({
    probabilities: matrix(Float64Array.of(0.5, 0.5, 0, 0, 0, 1), 2, 3),
    observed: ['cat', 'tiger', 'oak'],
    metric,
    truth: ['feline', 'oak'],
  });
  expect(found.predictions).toEqual([
    { argmax: 'cat', loki: 'feline' },
    { argmax: 'oak', loki: 'oak' },
  ]);
  expect(found.squaredDistance.expected).toEqual({ argmax: 1, loki: 0.5 });
  expect(found.squaredDistance.measured?.argmax.value).toBe(0.5);
  expect(found.squaredDistance.measured?.loki.value).toBe(0);
  expect(found.accuracy?.loki.value).toBe(1);
  expect(found.unobserved).toMatchObject({ rows: 1, argmax: { value: 0 }, loki: { value: 1 } });
  expect([found.changed, found.reachable.length, found.next]).toEqual([0.5, 5, null]);
});

test('labels without a place in the metric and rows that are not 1 together are refused', () => {
  const input = { probabilities: matrix(Float64Array.of(0.5, 0.2), 1, 2), metric };
  expect(() => explainPredictions({ ...input, observed: ['cat', 'oak'] })).toThrow(
    'the probabilities of row 0 are 0.7 together in place of 1',
  );
  expect(() => explainPredictions({ ...input, observed: ['cat', 'dog'] })).toThrow(
    'the column has the label "dog", which the metric has not',
  );
});
