import { expect, test } from 'vitest';
import { matrix, zeros } from '../../core/matrix.ts';
import { gather, scatter } from './gather.ts';

const table = () => matrix(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), 4, 2);

test('rows come in the order in which they are named', () => {
  const out = zeros(2, 2);
  gather(table(), Int32Array.of(3, 0), out);
  expect(out.data).toEqual(Float32Array.of(7, 8, 1, 2));
});

test('scattered rows replace those named, and no others', () => {
  const target = table();
  scatter(matrix(Float32Array.of(-1, -2, -3, -4), 2, 2), Int32Array.of(2, 1), target);
  expect(target.data).toEqual(Float32Array.of(1, 2, -3, -4, -1, -2, 7, 8));
});
