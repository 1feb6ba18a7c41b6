import { readLabels } from '../labels.ts';
import type { VectorTable } from '../table.ts';
import { quantizedVectors, shipped } from './quantized.ts';

/** A slice of GloVe 6B: 31,636 words in order of frequency, 100 dimensions, not normalised. */
export async function loadGlove(): Promise<VectorTable> {
  const labels = await readLabels(shipped('glove-slice/words.txt'));
  return {
    points: await quantizedVectors(shipped('glove-slice/vectors.i8'), labels.length),
    labels,
  };
}
