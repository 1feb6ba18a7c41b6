import { ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { spearman } from '../../core/ranks.ts';
import { bytesOf, shipped } from './quantized.ts';

export { averageRanks, spearman } from '../../core/ranks.ts';

export type WordSetId = 'ws-353' | 'simlex-999' | 'rg-65' | 'mturk-771';

/** Pairs of words with people's mean judgement of how similar they are. */
export interface WordSet {
  readonly id: WordSetId;
  readonly title: string;
  readonly pairs: readonly (readonly [first: string, second: string])[];
  readonly scores: Float64Array;
}

const SETS: Readonly<Record<WordSetId, readonly [title: string, file: string]>> = {
  'ws-353': ['WordSim-353', 'EN-WS-353-ALL.txt'],
  'simlex-999': ['SimLex-999', 'EN-SIMLEX-999.txt'],
  'rg-65': ['RG-65', 'EN-RG-65.txt'],
  'mturk-771': ['MTurk-771', 'EN-MTurk-771.txt'],
};

export const wordSetIds = Object.keys(SETS) as readonly WordSetId[];

/** One of the shipped word similarity sets. */
export async function loadWordSet(id: WordSetId): Promise<WordSet> {
  const [title, file] = SETS[id];
  const text = new TextDecoder().decode(await bytesOf(shipped(`word-eval/${file}`)));
  const rows = text.split(/\r?\n/).filter((line) => line !== '');
  const fields = rows.map((line) => line.split('\t'));
  return {
    id,
    title,
    pairs: fields.map(([first, second]) => [first, second] as const),
    scores: Float64Array.from(fields, ([, , score]) => Number(score)),
  };
}

/** All shipped sets, in the order of `wordSetIds`. */
export async function loadWordSets(): Promise<WordSet[]> {
  return Promise.all(wordSetIds.map(loadWordSet));
}

/** How well the cosines of word vectors follow people's judgement. */
export interface WordSimilarity {
  /** Spearman's correlation over the pairs whose words are both there. */
  readonly spearman: number;
  /** Number of those pairs. */
  readonly used: number;
  /** Words of the set that have no vector, each once. */
  readonly missing: readonly string[];
}

/** Row of each label; the first of equal labels counts. */
function rowsByLabel(labels: readonly string[]): Map<string, number> {
  const rows = new Map<string, number>();
  for (const [i, label] of labels.entries()) if (!rows.has(label)) rows.set(label, i);
  return rows;
}

function cosine({ data, cols: d }: Matrix, i: number, j: number): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let c = 0; c < d; c++) {
    const a = data[i * d + c];
    const b = data[j * d + c];
    ab += a * b;
    aa += a * a;
    bb += b * b;
  }
  return ab / Math.sqrt(aa * bb);
}

/**
 * Spearman's correlation between the cosines of n × d `points` and the judgements of `set`. A word
 * is looked up as it stands, then in lower case; a vector of length zero counts as missing.
 */
export function wordSimilarity(
  points: Matrix,
  labels: readonly string[],
  set: WordSet,
): WordSimilarity {
  if (labels.length !== points.rows) {
    throw new ShapeError('wordSimilarity', `${points.rows} labels`, `${labels.length}`);
  }
  const rows = rowsByLabel(labels);
  const missing = new Set<string>();
  const rowOf = (word: string): number => {
    const i = rows.get(word) ?? rows.get(word.toLowerCase()) ?? -1;
    const length = i < 0 ? Number.NaN : cosine(points, i, i);
    if (Number.isNaN(length)) missing.add(word);
    return Number.isNaN(length) ? -1 : i;
  };
  const cosines: number[] = [];
  const scores: number[] = [];
  for (const [k, [first, second]] of set.pairs.entries()) {
    const i = rowOf(first);
    const j = rowOf(second);
    if (i < 0 || j < 0) continue;
    cosines.push(cosine(points, i, j));
    scores.push(set.scores[k]);
  }
  return { spearman: spearman(cosines, scores), used: cosines.length, missing: [...missing] };
}
