import { embedding } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer } from '../../method/options.ts';
import { defineTable } from './define.ts';
import { attached } from './support/attached.ts';
import { codeBook } from './support/code-book.ts';
import { tooFewBytes } from './support/too-few-bytes.ts';

const ID = 'product-codes';

/** Fewer words than these in a book, and fewer pieces with more words are better. */
const FEW = 16;

/**
 * A byte for each piece of a vector: the number of a word in the book of that piece, both learned.
 *
 *     y = (B_1[c_1], …, B_D[c_D]),   c_p = argmin_k ‖q_p − B_p[k]‖²,   q the row of the id, in training alone
 *     bytes Σ_f (ids·D + 4·K·dim)
 *
 * D pieces of dim/D columns each, as many as the budget allows with 16 words or more in each book, and then the largest K of
 * at most `words`. In training the gradient of y goes straight on to q, and words and rows are drawn to one another (DPQ by vector
 * quantization). Every field has books of its own.
 *
 * @remarks Where many ids are alike: with few bytes they come to share all words. Training needs a row of float32 for every id;
 * what is stored does not.
 * @example
 * import { productCodes } from 'tammes/tables';
 *
 * const table = await productCodes({ fields: [{ name: 'item', size: 1000 }] }, { dim: 8, budget: 0.2 });
 * console.log(table.facts.pieces, table.facts.words); // 4 75
 * @function
 */
export const productCodes = /* @__PURE__ */ defineTable({
  id: ID,
  title: 'Product codes',
  summary: 'A byte for each piece of a vector names a word of a learned book.',
  references: [
    cite(
      sources.differentiableProductQuantization,
      'section 2, vector quantization with a straight-through gradient',
    ),
    cite(papers.learnableVectorStorageCompression, 'DPQ in the benchmark'),
  ],
  options: {
    words: integer(256, 'Words of each book, at most.', { min: 2, max: 256, symbol: 'K' }),
  },
  plan(fields, { dim, words: most }, { bytes }) {
    const ids = fields.reduce((sum, { size }) => sum + size, 0);
    const each = 4 * dim * fields.length;
    const wordsAt = (parts: number) => Math.min(most, Math.floor((bytes - ids * parts) / each));
    const least = ids + 2 * each;
    if (bytes < least) throw tooFewBytes(ID, { least, bytes });
    const few = Math.min(FEW, most);
    const pieces = Array.from({ length: dim }, (_, i) => dim - i).filter((d) => dim % d === 0);
    const parts = pieces.find((own) => wordsAt(own) >= few) ?? 1;
    return { parts, words: wordsAt(parts) };
  },
  build({ parts, words }, context) {
    const books = context.fields.map(({ name, size }) =>
      codeBook(name, { ids: size, parts, words }, context),
    );
    return {
      parameters: books.flatMap(({ rows, book }) => [rows, book]),
      lookup(field, ids, training) {
        const own = books[field];
        const vectors = own.wordsOf(ids);
        return training ? attached(embedding(own.rows, ids), vectors) : vectors;
      },
      pack: () => books.flatMap((book) => book.pack()),
      unpack(arrays) {
        for (const book of books) book.unpack(arrays);
      },
    };
  },
  facts: ({ parts, words }) => ({ pieces: parts, words }),
});
