import type { NamedArray } from '../../../io/tensors.ts';
import {
  embedding,
  type Parameter,
  parameter,
  reshape,
  type Tensor,
} from '../../../learning/index.ts';
import type { NetworkContext } from '../types.ts';
import { rowsOf } from './own-rows.ts';
import { arrayIn } from './snapshot.ts';

export interface CodeBookShape {
  readonly ids: number;
  /** How many pieces a vector has. */
  readonly parts: number;
  /** Words of each piece, at most 256. */
  readonly words: number;
}

/** Vectors of ids, each piece of which is a word of its book: the one nearest to a row that training moves. */
export interface CodeBook {
  /** ids × dim: needed in training alone. */
  readonly rows: Parameter;
  /** parts·words × dim/parts. */
  readonly book: Parameter;
  /** The words that stand for the rows of ids, n × dim. */
  wordsOf(ids: ArrayLike<number>): Tensor;
  pack(): readonly NamedArray[];
  unpack(arrays: ReadonlyMap<string, NamedArray>): void;
}

export function codeBook(
  name: string,
  { ids: size, parts, words }: CodeBookShape,
  context: NetworkContext,
): CodeBook {
  const { dim, deviation } = context;
  const width = dim / parts;
  const rows = rowsOf(`${name}.rows`, [size, dim], deviation, context);
  const drawn = rowsOf(`${name}.book`, [parts * words, width], deviation, context);
  const book = parameter(drawn.name, drawn.data, drawn.shape);

  /** The word nearest to piece `part` of a row, the first of equals. */
  function nearest(id: number, part: number): number {
    const [row, from] = [id * dim + part * width, part * words];
    let best = 0;
    let least = Infinity;
    for (let word = 0; word < words; word++) {
      let distance = 0;
      for (let c = 0; c < width; c++) {
        const apart = rows.data[row + c] - book.data[(from + word) * width + c];
        distance += apart * apart;
      }
      if (distance < least) [best, least] = [word, distance];
    }
    return best;
  }

  return {
    rows,
    book,
    wordsOf(ids) {
      const places = new Int32Array(ids.length * parts);
      for (let i = 0; i < ids.length; i++)
        for (let part = 0; part < parts; part++)
          places[i * parts + part] = part * words + nearest(ids[i], part);
      return reshape(embedding(book, places), [ids.length, dim]);
    },
    pack() {
      const codes = new Uint8Array(size * parts);
      for (let e = 0; e < codes.length; e++) codes[e] = nearest(Math.floor(e / parts), e % parts);
      return [
        { name: `${name}.codes`, shape: [size, parts], data: codes },
        { name: book.name, shape: book.shape, data: book.data },
      ];
    },
    unpack(arrays) {
      const codes = arrayIn('product-codes', arrays, `${name}.codes`, size * parts);
      const found = arrayIn('product-codes', arrays, book.name, book.data.length);
      for (let e = 0; e < found.length; e++) book.data[e] = Number(found[e]);
      for (let e = 0; e < codes.length; e++) {
        const from = ((e % parts) * words + Number(codes[e])) * width;
        rows.data.set(book.data.subarray(from, from + width), e * width);
      }
    },
  };
}
