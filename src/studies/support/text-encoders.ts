import { type Matrix, zeros } from '../../core/matrix.ts';
import { log } from '../../core/numeric.ts';
import { rowNorms } from '../../core/rows.ts';
import type { Engine } from '../../engine/engine.ts';
import type { VectorTable } from '../../io/table.ts';

/** A sentence and the place that it comes from. */
export interface Sentence {
  readonly text: string;
  readonly words: readonly string[];
  readonly part: string;
}

/** The sentences of the parts of a text, in order. */
export function sentencesOf(parts: Readonly<Record<string, readonly string[]>>): Sentence[] {
  return Object.entries(parts).flatMap(([part, texts]) =>
    texts.map((text) => ({ text: text.toLowerCase(), words: wordsOf(text), part })),
  );
}

/** The same cut at colons and semicolons too; pieces of fewer than three words are left out. */
export function clausesOf(sentences: readonly Sentence[]): Sentence[] {
  return sentences.flatMap(({ text, part }) =>
    text
      .split(/(?<=[;:])\s+/)
      .map((clause) => ({ text: clause, words: wordsOf(clause), part }))
      .filter(({ words }) => words.length >= 3),
  );
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z]+/g) ?? [];

/** Word vectors by word. */
export class WordVectors {
  readonly #points: Matrix;
  readonly #rows: ReadonlyMap<string, number>;

  constructor({ points, labels = [] }: VectorTable) {
    this.#points = points;
    this.#rows = new Map(labels.map((word, i) => [word, i]));
  }

  has(word: string): boolean {
    return this.#rows.has(word);
  }

  /** Σ weight(word) · vector over the known words of each sentence, over their number. */
  means(sentences: readonly Sentence[], weight: (word: string) => number): Matrix<Float32Array> {
    const d = this.#points.cols;
    const out = zeros(sentences.length, d);
    for (const [i, { words }] of sentences.entries()) {
      const known = words.filter((word) => this.has(word));
      for (const word of known) {
        const [row, share] = [this.#rows.get(word) ?? 0, weight(word) / known.length];
        for (let c = 0; c < d; c++) out.data[i * d + c] += share * this.#points.data[row * d + c];
      }
    }
    return out;
  }
}

/** Words weighted by a/(a + p), p their frequency in the text, less the first direction of all sentences (SIF). */
export async function smoothInverseFrequency(
  vectors: WordVectors,
  sentences: readonly Sentence[],
  engine: Engine,
  a = 1e-3,
): Promise<Matrix<Float32Array>> {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { words } of sentences) {
    for (const word of words) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      total += 1;
    }
  }
  const out = vectors.means(sentences, (word) => a / (a + (counts.get(word) ?? 0) / total));
  const { vectors: axes } = await engine.linalg.eigh(await engine.gram(out));
  const d = out.cols;
  for (let i = 0; i < out.rows; i++) {
    let along = 0;
    for (let c = 0; c < d; c++) along += out.data[i * d + c] * axes.data[c];
    for (let c = 0; c < d; c++) out.data[i * d + c] -= along * axes.data[c];
  }
  return out;
}

/** TF-IDF of what `features` gives, dealt to d columns with signs by a hash; rows of unit length. */
export function hashedFeatures(
  sentences: readonly Sentence[],
  features: (sentence: Sentence) => readonly string[],
  d: number,
): Matrix<Float32Array> {
  const lists = sentences.map(features);
  const documents = new Map<string, number>();
  for (const list of lists)
    for (const one of new Set(list)) documents.set(one, (documents.get(one) ?? 0) + 1);
  const out = zeros(sentences.length, d);
  for (const [i, list] of lists.entries()) {
    const counts = new Map<string, number>();
    for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
    for (const [one, count] of counts) {
      const hash = hashOf(one);
      const weight = (1 + log(count)) * log((1 + lists.length) / (documents.get(one) ?? 1));
      out.data[i * d + ((hash >>> 1) % d)] += (hash & 1 ? 1 : -1) * weight;
    }
  }
  return out;
}

/** Latent semantic analysis: the rows on the r first right singular vectors of TF-IDF. */
export async function latentSemantics(
  sentences: readonly Sentence[],
  d: number,
  r: number,
  engine: Engine,
): Promise<Matrix<Float32Array>> {
  const all = hashedFeatures(sentences, ({ words }) => words, d);
  const norms = rowNorms(all);
  for (let i = 0; i < all.data.length; i++) all.data[i] /= norms[Math.floor(i / d)] || 1;
  const { vectors } = await engine.linalg.eigh(await engine.gram(all));
  const axes = zeros(r, d);
  for (let i = 0; i < axes.data.length; i++) axes.data[i] = vectors.data[i];
  const { data, rows, cols } = await engine.matmul(all, axes, true);
  return { data: Float32Array.from(data), rows, cols };
}

/** Runs of three characters. */
export const trigrams = ({ text }: Sentence): string[] =>
  Array.from({ length: Math.max(0, text.length - 2) }, (_, i) => text.slice(i, i + 3));

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
