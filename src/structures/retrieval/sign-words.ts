import type { Matrix } from '../../core/matrix.ts';
import type { WordRows } from './hamming.ts';

/**
 * One bit for each number of n × b rows, in ⌈b/32⌉ words a row: whether it lies above its column's threshold. Bit c is
 * bit c mod 32 of word ⌊c/32⌋; what is left of the last word is 0.
 */
export function signWords({ data, rows, cols }: Matrix, thresholds: ArrayLike<number>): WordRows {
  const width = Math.ceil(cols / 32);
  const words = new Uint32Array(rows * width);
  for (let i = 0; i < rows; i++)
    for (let c = 0; c < cols; c++)
      if (data[i * cols + c] > thresholds[c]) words[i * width + (c >> 5)] |= 1 << (c & 31);
  return { words, rows, width };
}
