import type { Matrix } from '../../core/matrix.ts';
import { pow } from '../../core/numeric.ts';
import type { RunOptions } from '../../method/method.ts';
import type { VectorRows } from './types.ts';

/** Values of a block of rows, and products of it, that are held at once. */
const BLOCK = 2 ** 22;
/** What keeps a quotient of cosines finite (Levy and Goldberg 2014). */
const EPSILON = 0.001;

/** A row and what orders it. */
export interface Scored {
  readonly row: number;
  readonly score: number;
}

export interface NearestOptions {
  readonly k: number;
  /** Rows that are no answer. */
  readonly without?: ReadonlySet<number> | undefined;
}

/**
 * The k rows of the largest cosine with each unit query, by products with the codes in blocks of rows and the norms of
 * the rows they stand for: exact, nothing is decoded that the codec can compare coded. Largest first, equals by lower
 * row; a row of zeros has the cosine 0.
 */
export async function nearestRows(
  rows: VectorRows,
  queries: Matrix<Float32Array>,
  options: NearestOptions,
  run: RunOptions = {},
): Promise<Scored[][]> {
  const best = Array.from({ length: queries.rows }, () => new Best(options));
  for await (const { from, cosines } of cosineBlocks(rows, queries, run)) {
    const { data, cols } = cosines;
    for (const [q, own] of best.entries())
      for (let i = 0; i < cols; i++) own.offer(from + i, data[q * cols + i]);
  }
  return best.map((own) => own.list);
}

/**
 * The k rows of the largest product of cosines with the words of a formula (3CosMul),
 *
 *     Π_{w > 0} ((1 + cos)/2)^w / (Π_{w < 0} ((1 + cos)/2)^|w| + 0.001)
 *
 * with one unit query and one weight w a word.
 */
export async function nearestByProduct(
  rows: VectorRows,
  queries: Matrix<Float32Array>,
  weights: readonly number[],
  options: NearestOptions,
  run: RunOptions = {},
): Promise<Scored[]> {
  const best = new Best(options);
  for await (const { from, cosines } of cosineBlocks(rows, queries, run)) {
    const { data, cols } = cosines;
    for (let i = 0; i < cols; i++) {
      let [above, below] = [1, 1];
      for (const [q, weight] of weights.entries()) {
        const part = Math.max(0, (1 + data[q * cols + i]) / 2);
        const power = Math.abs(weight) === 1 ? part : pow(part, Math.abs(weight));
        if (weight > 0) above *= power;
        else below *= power;
      }
      const divides = weights.some((weight) => weight < 0);
      best.offer(from + i, divides ? above / (below + EPSILON) : above);
    }
  }
  return best.list;
}

interface CosineBlock {
  readonly from: number;
  /** q × rows of the block. */
  readonly cosines: Matrix<Float32Array>;
}

async function* cosineBlocks(
  rows: VectorRows,
  queries: Matrix<Float32Array>,
  run: RunOptions,
): AsyncGenerator<CosineBlock> {
  const size = Math.max(1, Math.floor(BLOCK / Math.max(rows.cols, queries.rows)));
  for (let from = 0; from < rows.rows; from += size) {
    const to = Math.min(rows.rows, from + size);
    const [norms, cosines] = await Promise.all([
      rows.norms(from, to),
      rows.products(queries, from, to, run),
    ]);
    const { data, cols } = cosines;
    for (let e = 0; e < data.length; e++) {
      const norm = norms[e % cols];
      // Rounding may take a cosine past 1.
      data[e] = norm > 0 ? Math.max(-1, Math.min(1, data[e] / norm)) : 0;
    }
    yield { from, cosines };
  }
}

/** The k best rows so far. */
export class Best {
  readonly list: Scored[] = [];
  readonly #k: number;
  readonly #without: ReadonlySet<number>;

  constructor({ k, without = new Set() }: NearestOptions) {
    this.#k = k;
    this.#without = without;
  }

  /** Rows come in ascending order, so that an equal score stays behind. */
  offer(row: number, score: number): void {
    const { list } = this;
    const isFull = list.length === this.#k;
    if ((isFull && score <= list[list.length - 1].score) || this.#without.has(row)) return;
    let at = list.length;
    while (at > 0 && list[at - 1].score < score) at--;
    list.splice(at, 0, { row, score });
    if (isFull) list.pop();
  }
}
