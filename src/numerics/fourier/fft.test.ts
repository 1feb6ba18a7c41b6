import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { createEvenConvolution } from './even-convolution.ts';
import { createFft, fftLength } from './fft.ts';

const draws = (count: number) => {
  const random = Random.fromSeed(count);
  return Float64Array.from({ length: count }, () => random.normal());
};

test.each([1, 2, 3, 4, 6, 8, 12, 18, 32, 48])('length %i: the sums of the definition', (length) => {
  const batch = 3;
  const re = draws(length * batch);
  const im = draws(length * batch).map((x) => x * x);
  const signals = { re: re.slice(), im: im.slice() };
  createFft(length, batch)(signals);
  for (let b = 0; b < batch; b++) {
    for (let f = 0; f < length; f++) {
      let [x, y] = [0, 0];
      for (let t = 0; t < length; t++) {
        const angle = (-2 * Math.PI * f * t) / length;
        x += re[t * batch + b] * Math.cos(angle) - im[t * batch + b] * Math.sin(angle);
        y += re[t * batch + b] * Math.sin(angle) + im[t * batch + b] * Math.cos(angle);
      }
      expect(signals.re[f * batch + b]).toBeCloseTo(x, 11);
      expect(signals.im[f * batch + b]).toBeCloseTo(y, 11);
    }
  }
});

test('lengths are even, of factors 2 and 3, and other factors are refused', () => {
  expect([1, 2, 3, 5, 7, 9, 13, 100, 600, 800].map(fftLength)).toEqual([
    2, 2, 4, 6, 8, 12, 16, 108, 648, 864,
  ]);
  expect(() => createFft(10, 1)).toThrow(/10 has other factors than 2 and 3/);
});

test.each([
  [1, 1],
  [5, 1],
  [7, 20],
  [33, 18],
])('convolution of a %i × %i grid: the sums of the definition', (rows, cols) => {
  const kernel = (i: number, j: number) => 1 / (1 + i * i + 2 * j * j);
  const grid = draws(rows * cols);
  const out = grid.slice();
  const convolve = createEvenConvolution(rows, cols, kernel);
  convolve(out);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      let sum = 0;
      for (let a = 0; a < rows; a++) {
        for (let b = 0; b < cols; b++) sum += grid[a * cols + b] * kernel(i - a, j - b);
      }
      expect(out[i * cols + j]).toBeCloseTo(sum, 11);
    }
  }
});
