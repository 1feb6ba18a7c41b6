import type { PackedArray } from '../../../io/packed.ts';
import { packedTerms, sortedTerms } from './sorted-terms.ts';
import { countedTerms } from './terms.ts';

/** An inverted file: for each term, in the order of the vocabulary, the documents that have it and how often. */
export interface Postings {
  /** Terms in documents, each counted as often as it is there; n. */
  readonly lengths: Uint32Array;
  readonly terms: number;
  readonly arrays: Readonly<Record<string, PackedArray>>;
}

/** The inverted file of texts; documents ascend in every list. */
export function postingsOf(texts: readonly string[]): Postings {
  const lists = new Map<string, { documents: number[]; counts: number[] }>();
  const lengths = new Uint32Array(texts.length);
  for (const [i, text] of texts.entries()) {
    for (const [term, count] of countedTerms(text)) {
      const known = lists.get(term) ?? { documents: [], counts: [] };
      known.documents.push(i);
      known.counts.push(count);
      lists.set(term, known);
      lengths[i] += count;
    }
  }
  const terms = sortedTerms(lists.keys());
  const sizes = terms.map((term) => lists.get(term)?.documents.length ?? 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const offsets = new Uint32Array(terms.length + 1);
  const documents = new Uint32Array(total);
  const counts = new Uint32Array(total);
  for (const [t, term] of terms.entries()) {
    const own = lists.get(term) ?? { documents: [], counts: [] };
    documents.set(own.documents, offsets[t]);
    counts.set(own.counts, offsets[t]);
    offsets[t + 1] = offsets[t] + sizes[t];
  }
  return {
    lengths,
    terms: terms.length,
    arrays: {
      ...packedTerms(terms),
      postings: { shape: [offsets.length], data: offsets },
      documents: { shape: [total], data: documents },
      counts: { shape: [total], data: counts },
      lengths: { shape: [lengths.length], data: lengths },
    },
  };
}
