import { Random } from '../../core/random.ts';
import type { Manifold } from '../../manifolds/contract.ts';
import { embedding } from '../operations/embedding.ts';
import { parameter } from '../tape/parameter.ts';
import { type LayerOptions, numbers } from './initial.ts';
import { type Layer, layer } from './layer.ts';

export interface EmbeddingTableOptions extends LayerOptions {
  readonly rows: number;
  readonly cols: number;
  /** Where rows live and begin, by its uniform distribution; left out, plain numbers. */
  readonly manifold?: Manifold | undefined;
  /** Standard deviation of plain numbers at the start; default 0.02, as in language models. */
  readonly deviation?: number | undefined;
  /** Whether only rows that were looked up move: for long tables. */
  readonly byRows?: boolean | undefined;
}

/** Rows of a table by number: `NAME.weight`, rows × cols. */
export function embeddingTable({
  name,
  rows,
  cols,
  manifold,
  deviation = 0.02,
  byRows,
  seed = 0,
  float64,
}: EmbeddingTableOptions): Layer<ArrayLike<number>> {
  const own = `${name}.weight`;
  const random = Random.fromSeed(seed).fork(own);
  const data = numbers(rows * cols, float64);
  if (manifold) {
    for (let i = 0; i < rows; i++)
      manifold.randomPoint(random, data.subarray(i * cols, (i + 1) * cols));
  } else {
    for (let e = 0; e < data.length; e++) data[e] = deviation * random.normal();
  }
  const table = parameter(own, data, [rows, cols], { manifold, byRows });
  return layer([table], (ids: ArrayLike<number>) => embedding(table, ids));
}
