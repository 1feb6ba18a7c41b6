import type { Matrix } from '../../core/matrix.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import type { Corpus } from './corpus.ts';

interface Lists {
  /** q × width rows, nearest first; −1 where there are fewer. */
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

/** The nearest rows of unit queries by cosine over all blocks of a corpus: what one block of all rows would give. */
export async function nearestOfCorpus(
  corpus: Corpus,
  queries: Matrix<Float32Array>,
  width: number,
  { engine, work: { signal, onProgress } }: { engine: Engine; work: Work },
): Promise<Lists> {
  const size = queries.rows * width;
  let best: Lists = {
    indices: new Int32Array(size).fill(-1),
    distances: new Float64Array(size).fill(Infinity),
  };
  let first = 0;
  for await (const block of corpus.blocks()) {
    const unit = unitOrZeroRows(block).points;
    const count = Math.min(width, block.rows);
    const found = await engine.nearestAmong(queries, unit, count, { signal });
    best = merged(best, found, { width, count, first });
    first += block.rows;
    onProgress?.(first / corpus.rows);
  }
  return best;
}

/** The nearest of both; rows of a later block lie behind earlier ones of equal distance. */
function merged(
  a: Lists,
  b: Lists,
  { width, count, first }: { width: number; count: number; first: number },
): Lists {
  const indices = new Int32Array(a.indices.length);
  const distances = new Float64Array(a.distances.length);
  for (let at = 0, from = 0; at < indices.length; at += width, from += count) {
    let [i, j] = [at, from];
    for (let out = at; out < at + width; out++) {
      const isLater = j < from + count && b.distances[j] < a.distances[i];
      distances[out] = isLater ? b.distances[j] : a.distances[i];
      indices[out] = isLater ? first + b.indices[j++] : a.indices[i++];
    }
  }
  return { indices, distances };
}
