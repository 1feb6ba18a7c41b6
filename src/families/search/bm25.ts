import { InputError } from '../../core/errors.ts';
import { log } from '../../core/numeric.ts';
import { counted } from '../../core/text.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, number } from '../../method/options.ts';
import { defineIndex } from './define.ts';
import { bestOf, noneFound } from './support/best.ts';
import { postingsOf } from './support/postings.ts';
import { termFinder } from './support/sorted-terms.ts';
import { countedTerms } from './support/terms.ts';
import type { OpenIndex } from './types.ts';

const ID = 'bm25';

/**
 * BM25: texts by the words they share with the query, rare words first, long texts held back.
 *
 *     score(q, x) = Σ_{t ∈ q} idf(t) · f/(f + k₁(1 − b + b·|x|/L))
 *     idf(t) = ln(1 + (n − m + ½)/(m + ½))  (lucene),   ln((n − m + ½)/(m + ½))  (robertson)
 *
 * with f how often x has the word t, |x| the words of x, L their mean over the n texts, and m the texts that have t; a
 * word counts as often as the query has it. The common factor k₁ + 1 of some versions is left out: it changes no order.
 * Words are runs of letters and digits in lower case, with apostrophes inside, without stemming and without a list of words to leave out.
 * Exact: an inverted file gives the texts of each word, O(Σ_t m) a query.
 *
 * @remarks Use it for names, codes and other words that must be there, and as the baseline of every retriever: on LIMIT it
 * finds what single vectors cannot. Where words differ that mean the same, take vectors (`exact`, `max-sim`). Texts
 * without a word of the query are no answer, so that fewer than k can be found. With `robertson` a word in more than
 * half of the texts lowers scores.
 * @example
 * import { bm25 } from 'tammes/search';
 *
 * const { index } = await bm25({ texts: ['a red apple', 'a green apple', 'a red brick wall'] });
 * const { rows } = await bm25.search(index, { texts: ['red apple'] }, { k: 3 });
 * console.log([...rows].join(' ')); // 0 1 2
 * @function
 */
export const bm25 = /* @__PURE__ */ defineIndex({
  id: ID,
  title: 'BM25',
  summary: 'Texts by the words they share with the query: an inverted file, exact.',
  references: [
    cite(sources.probabilisticRelevanceFramework, 'equation 3.15'),
    cite(papers.limitsOfEmbeddingRetrieval, 'section 5: the lexical baseline'),
  ],
  takes: 'texts',
  options: {
    k1: number(1.5, 'How slowly further occurrences of a word count less.', {
      min: 0,
      max: 1000,
      symbol: 'k₁',
    }),
    b: number(0.75, 'How far long texts are held back: 0 not at all, 1 in proportion.', {
      min: 0,
      max: 1,
      symbol: 'b',
    }),
    idf: choice(
      ['lucene', 'robertson'],
      'lucene',
      'The weight of a word: Lucene’s, above 0 always, or that of Robertson and Spärck Jones.',
    ),
  },
  build({ texts = [], n }, { k1, b, idf }) {
    const { arrays, lengths, terms } = postingsOf(texts);
    if (terms === 0) throw new InputError(ID, `none of ${counted(n, 'text')} has a word.`);
    const words = lengths.reduce((sum, length) => sum + length, 0);
    const empty = lengths.filter((length) => length === 0).length;
    return {
      settings: { k1, b, idf, meanLength: words / n },
      arrays,
      facts: { terms, words },
      warnings:
        empty > 0 ? [`${counted(empty, 'text')} without a word can never be an answer.`] : [],
    };
  },
  async search(index, { texts = [] }, { k, allowed }) {
    const scored = await scorer(index);
    const found = noneFound(texts.length, k, true);
    const reasons: string[] = [];
    for (const [q, text] of texts.entries()) {
      const { scores, documents } = await scored(text, allowed);
      const best = bestOf(found, q, k);
      for (const i of documents) best.offer(i, scores[i]);
      found.scanned[q] = documents.length;
      reasons.push(reasonOf(documents.length, allowed !== undefined));
    }
    return { ...found, reasons };
  },
});

function reasonOf(documents: number, isFiltered: boolean): string {
  const [one, several] = isFiltered
    ? ['text that passes the filter', 'texts that pass the filter']
    : ['text', 'texts'];
  if (documents === 0) return `no ${one} has a word of the query.`;
  const verb = documents === 1 ? 'has' : 'have';
  return `${counted(documents, one, several)} ${verb} a word of the query.`;
}

interface Scored {
  /** n scores; only those of `documents` are of this query. */
  readonly scores: Float64Array;
  /** What has a word of the query. */
  readonly documents: readonly number[];
}

/** What scores one text after the other in the same memory. */
async function scorer({ settings, arrays, n }: OpenIndex) {
  const { k1, b, idf, meanLength } = settings as unknown as Settings;
  const find = await termFinder(arrays);
  const postings = await arrays.whole('postings');
  const lengths = await arrays.whole('lengths');
  const scores = new Float64Array(n);
  const queryOf = new Int32Array(n);
  let query = 0;
  return async (text: string, allowed: Uint8Array | undefined): Promise<Scored> => {
    query += 1;
    const documents: number[] = [];
    for (const [term, times] of countedTerms(text)) {
      const t = find(term);
      if (t < 0) continue;
      const [from, to] = [postings[t], postings[t + 1]];
      const own = await arrays.slice('documents', from, to);
      const counts = await arrays.slice('counts', from, to);
      const rarity = (n - own.length + 0.5) / (own.length + 0.5);
      const weight = times * log(idf === 'lucene' ? 1 + rarity : rarity);
      for (let e = 0; e < own.length; e++) {
        const i = own[e];
        if (allowed && allowed[i] === 0) continue;
        if (queryOf[i] !== query) {
          queryOf[i] = query;
          scores[i] = 0;
          documents.push(i);
        }
        const slowed = counts[e] + k1 * (1 - b + (b * lengths[i]) / meanLength);
        scores[i] += (weight * counts[e]) / slowed;
      }
    }
    return { scores, documents };
  };
}

interface Settings {
  readonly k1: number;
  readonly b: number;
  readonly idf: 'lucene' | 'robertson';
  readonly meanLength: number;
}
