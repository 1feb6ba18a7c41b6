import { type Matrix, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { wordTokens } from '../../numerics/text/words.ts';

/** Words that say nothing by themselves have no concept: those that more than this share of the texts have. */
const COMMON = 0.05;
const TOP = 10;

export const wordsOf = (text: string): readonly string[] =>
  wordTokens(text.toLowerCase()).filter((word) => /^\p{L}{3,}/u.test(word));

/** The words that are concepts: neither rare nor common in these texts. */
export function conceptsOf(texts: readonly string[], least: number): readonly string[] {
  const having = new Map<string, number>();
  for (const text of texts)
    for (const word of new Set(wordsOf(text))) having.set(word, (having.get(word) ?? 0) + 1);
  return [...having]
    .filter(([, count]) => count >= least && count <= COMMON * texts.length)
    .map(([word]) => word)
    .toSorted();
}

/**
 * Explicit semantic analysis: texts × concepts, unit rows. The article of a concept is all training texts that have its word; a
 * word weighs for it by how often it stands there times log(concepts/concepts whose article has it).
 */
export function explicitVectors(
  texts: readonly string[],
  training: readonly string[],
  concepts: readonly string[],
): Matrix<Float64Array> {
  const c = concepts.length;
  const weights = articleWeights(training, concepts);
  const out = zeros64(texts.length, c);
  texts.forEach((text, i) => {
    const own = out.data.subarray(i * c, (i + 1) * c);
    for (const word of wordsOf(text))
      for (const [concept, weight] of weights.get(word) ?? []) own[concept] += weight;
    const length = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0)) || 1;
    for (let e = 0; e < c; e++) own[e] /= length;
  });
  return out;
}

function articleWeights(training: readonly string[], concepts: readonly string[]) {
  const places = new Map(concepts.map((word, place) => [word, place]));
  const counts = new Map<string, Map<number, number>>();
  for (const text of training) {
    const words = wordsOf(text);
    const own = [...new Set(words)].flatMap((word) => places.get(word) ?? []);
    for (const word of words) {
      const by = counts.get(word) ?? new Map<number, number>();
      for (const concept of own) by.set(concept, (by.get(concept) ?? 0) + 1);
      counts.set(word, by);
    }
  }
  const sizes = new Float64Array(concepts.length);
  for (const by of counts.values()) for (const [concept, count] of by) sizes[concept] += count;
  return new Map(
    [...counts].map(([word, by]) => [
      word,
      [...by].map(
        ([concept, count]) =>
          [concept, (count / sizes[concept]) * Math.log(concepts.length / by.size)] as const,
      ),
    ]),
  );
}

/** nDCG@10, each row asking all others, where those of its own class are relevant. */
export function rankingGain({ data, rows: n, cols: d }: Matrix, of: Int32Array): number {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const scores = Float64Array.from({ length: n }, (_, j) => {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += data[i * d + c] * data[j * d + c];
      return j === i ? Number.NEGATIVE_INFINITY : sum;
    });
    const order = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b);
    const relevant = of.filter((own, j) => j !== i && own === of[i]).length;
    let [gain, ideal] = [0, 0];
    for (let rank = 0; rank < TOP; rank++) {
      const weight = 1 / Math.log2(rank + 2);
      if (of[order[rank]] === of[i]) gain += weight;
      if (rank < relevant) ideal += weight;
    }
    total += gain / ideal / n;
  }
  return total;
}

export interface Faithfulness {
  /** The share of pairs whose first concept is a word of either text. */
  readonly agreement: number;
  /** The same of a concept drawn among those that add something. */
  readonly agreementOfDrawn: number;
  /** The share of the score that is lost without the first concept. */
  readonly deletion: number;
  /** Without one drawn among the others that add something. */
  readonly deletionOfDrawn: number;
}

/** What concepts say of the pairs of rows i and partners[i]. */
export function faithfulness(
  { data, cols: c }: Matrix,
  texts: readonly string[],
  concepts: readonly string[],
  partners: Int32Array,
  random: Random,
): Faithfulness {
  const sums = { agreement: 0, agreementOfDrawn: 0, deletion: 0, deletionOfDrawn: 0 };
  let pairs = 0;
  partners.forEach((partner, i) => {
    const values = Float64Array.from(
      { length: c },
      (_, e) => data[i * c + e] * data[partner * c + e],
    );
    const score = values.reduce((sum, x) => sum + x, 0);
    const active = Array.from(values.keys()).filter((e) => values[e] > 0);
    active.sort((a, b) => values[b] - values[a] || a - b);
    if (active.length < 2) return;
    pairs++;
    const there = new Set([...wordsOf(texts[i]), ...wordsOf(texts[partner])]);
    const drawn = active[1 + Math.floor(random.uniform() * (active.length - 1))];
    if (there.has(concepts[active[0]])) sums.agreement++;
    if (there.has(concepts[drawn])) sums.agreementOfDrawn++;
    sums.deletion += values[active[0]] / score;
    sums.deletionOfDrawn += values[drawn] / score;
  });
  return {
    agreement: sums.agreement / pairs,
    agreementOfDrawn: sums.agreementOfDrawn / pairs,
    deletion: sums.deletion / pairs,
    deletionOfDrawn: sums.deletionOfDrawn / pairs,
  };
}
