import { InputError, ShapeError } from '../../core/errors.ts';
import { firstBadValue } from '../../core/finite.ts';
import { gathered, type Matrix, rows as rowsOf, toFloat32, zeros } from '../../core/matrix.ts';
import { rowNorms } from '../../core/rows.ts';
import type { Opened } from '../../io/contract.ts';
import { blocksOf, wholeOf } from '../../io/open.ts';

/** n × d rows that are read from the first to the last as often as asked, some at a time. */
export interface Corpus {
  readonly rows: number;
  readonly cols: number;
  /** All rows in order. */
  blocks(): AsyncIterable<Matrix<Float32Array>> | Iterable<Matrix<Float32Array>>;
}

/** Values of a block: 64 MB of float32. */
const BLOCK = 2 ** 24;
/** Values up to which a file is read whole. */
const WHOLE = 2 ** 27;

/** Rows in memory; float64 is rounded to float32. */
export function corpusInMemory(points: Matrix): Corpus {
  const { rows, cols, data } = points;
  const narrow =
    data instanceof Float32Array ? (points as Matrix<Float32Array>) : toFloat32(points);
  const size = rowsOfBlock(cols);
  return {
    rows,
    cols,
    *blocks() {
      for (let from = 0; from < rows; from += size)
        yield rowsOf(narrow, from, Math.min(rows, from + size));
    },
  };
}

/** Rows of a file: read whole where it is small, else again from the file whenever they are asked for. */
export async function corpusOf(file: Opened): Promise<Corpus> {
  const { rows, cols } = await file.reader.info();
  if (rows * cols <= WHOLE) return corpusInMemory((await wholeOf(file)).points);
  return {
    rows,
    cols,
    async *blocks() {
      for await (const { points } of blocksOf(file, rowsOfBlock(cols))) yield points;
    },
  };
}

const rowsOfBlock = (cols: number) => Math.max(1, Math.floor(BLOCK / Math.max(1, cols)));

/**
 * The rows that have a cosine with others: the same corpus without rows of length zero. Refuses a number that is not
 * finite, in a sentence that names its place.
 */
export async function directedCorpus(where: string, corpus: Corpus): Promise<Corpus> {
  const { rows, cols } = corpus;
  if (rows < 1 || cols < 1)
    throw new ShapeError(where, 'at least 1 × 1 points', `${rows} × ${cols}`);
  const empty = new Set<number>();
  let first = 0;
  for await (const block of corpus.blocks()) {
    const bad = firstBadValue(block);
    if (bad)
      throw new InputError(
        where,
        `row ${first + bad.row}, column ${bad.column} is ${bad.value}; expected finite numbers.`,
      );
    for (const [i, norm] of rowNorms(block).entries()) if (norm === 0) empty.add(first + i);
    first += block.rows;
  }
  if (first !== rows)
    throw new InputError(where, `${rows} rows were announced, but ${first} were there.`);
  return empty.size === 0 ? corpus : withoutRows(corpus, empty);
}

function withoutRows(corpus: Corpus, left: ReadonlySet<number>): Corpus {
  return {
    rows: corpus.rows - left.size,
    cols: corpus.cols,
    async *blocks() {
      let first = 0;
      for await (const block of corpus.blocks()) {
        const kept = Int32Array.from(
          Array.from({ length: block.rows }, (_, i) => i).filter((i) => !left.has(first + i)),
        );
        if (kept.length > 0) yield kept.length === block.rows ? block : gathered(block, kept);
        first += block.rows;
      }
    },
  };
}

/** The rows of each list, in its order: one walk through the corpus. */
export async function rowsOfCorpus(
  corpus: Corpus,
  lists: readonly Int32Array[],
): Promise<Matrix<Float32Array>[]> {
  const { cols: d } = corpus;
  const out = lists.map((list) => zeros(list.length, d));
  const orders = lists.map((list) =>
    Int32Array.from(list.keys()).sort((a, b) => list[a] - list[b]),
  );
  const next = lists.map(() => 0);
  let first = 0;
  for await (const { data, rows } of corpus.blocks()) {
    for (const [l, list] of lists.entries()) {
      const order = orders[l];
      for (; next[l] < order.length && list[order[next[l]]] < first + rows; next[l]++) {
        const place = order[next[l]];
        const at = (list[place] - first) * d;
        out[l].data.set(data.subarray(at, at + d), place * d);
      }
    }
    first += rows;
  }
  return out;
}
