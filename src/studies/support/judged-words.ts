import { gathered } from '../../core/matrix.ts';
import { loadGlove, loadWordSets, type WordSet } from '../../io/datasets/index.ts';

/** Pairs of words that both have a vector, with people's judgement. */
export interface PairSet {
  readonly pairs: readonly (readonly [number, number])[];
  readonly scores: readonly number[];
}

/** GloVe, its rows of judged words, and the sets of pairs with places among these. */
export async function judgedWords() {
  const { points: all, labels = [] } = await loadGlove();
  const rowOf = new Map(labels.map((label, i) => [label, i]));
  const kept: number[] = [];
  const placeOf = new Map<number, number>();
  const place = (word: string): number | undefined => {
    const row = rowOf.get(word) ?? rowOf.get(word.toLowerCase());
    if (row === undefined) return undefined;
    if (!placeOf.has(row)) {
      placeOf.set(row, kept.length);
      kept.push(row);
    }
    return placeOf.get(row);
  };
  const sets = (await loadWordSets()).map((set) => known(set, place));
  return { all, rows: kept, points: gathered(all, kept), sets };
}

function known({ pairs, scores }: WordSet, place: (word: string) => number | undefined): PairSet {
  const found = pairs.flatMap(([a, b], at) => {
    const [first, second] = [place(a), place(b)];
    if (first === undefined || second === undefined) return [];
    return [{ pair: [first, second] as const, score: scores[at] }];
  });
  return { pairs: found.map(({ pair }) => pair), scores: found.map(({ score }) => score) };
}
