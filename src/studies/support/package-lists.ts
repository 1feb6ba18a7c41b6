import { bm25 } from '../../families/search/index.ts';
import type { StudyContext } from '../define.ts';
import { byLearnedIds, byLearnedMap } from './learned-recommender.ts';
import type { PackageSearch } from './package-search.ts';
import {
  byCounts,
  byIds,
  byVectors,
  firstTen,
  meanGain,
  type Recommender,
  remembered,
  type SplitLists,
  splitLists,
} from './recommended.ts';

/** Of the lists so many are asked for, the others learned from. */
const ASKED = 0.2;

/** nDCG@10 of the recommenders on the lists of one split. */
export async function recommendation(all: PackageSearch, quick: boolean, study: StudyContext) {
  const n = all.texts.length;
  const { random } = study;
  const lists = quick ? all.lists.slice(0, 40) : all.lists;
  const split = splitLists(lists, ASKED, random.fork('recommendation'));
  const inLists = new Set(split.seen.flatMap((items) => [...items]));
  const warm = (item: number) => inLists.has(item);
  const cold = (item: number) => !inLists.has(item);
  const every = () => true;
  const of = (recommender: Recommender, isOfKind: (item: number) => boolean) =>
    meanGain(split.asked, isOfKind, (known, leftOut) => firstTen(recommender(known), leftOut));
  const text = remembered(byVectors(all.points));
  const ids = remembered(byIds(split.seen, n));
  const sizes = quick ? { dim: 8, steps: 5, batch: 32 } : { dim: 64, steps: 300, batch: 128 };
  const learnedText = remembered(
    await byLearnedMap(all.points, split.seen, study, {
      ...sizes,
      learningRate: 0.003,
    }),
  );
  const learnedIds = await byLearnedIds(split.seen, n, study, { ...sizes, learningRate: 0.01 });
  const hidden = split.asked.flatMap((list) => [...list.hidden]);
  return {
    cold: { value: await of(text, cold), baseline: await of(ids, cold) },
    coldWords: {
      value: await of(text, cold),
      baseline: await coldByWords(all, split, cold, study),
    },
    warm: { value: await of(text, warm), baseline: await of(ids, warm) },
    learned: { value: await of(learnedText, every), baseline: await of(learnedIds, every) },
    coldLearned: await of(learnedText, cold),
    coldShare: hidden.filter(cold).length / hidden.length,
    warmCounts: await of(byCounts(split.seen, n), warm),
    allIds: await of(ids, every),
    allText: await of(text, every),
  };
}

/** nDCG@10 where the texts of the known half are asked as one query. */
async function coldByWords(
  { texts }: PackageSearch,
  { asked }: SplitLists,
  cold: (item: number) => boolean,
  { engine, signal }: StudyContext,
): Promise<number> {
  const run = { engine, signal };
  const { index } = await bm25({ texts: [...texts] }, {}, run);
  return meanGain(asked, cold, async (known, leftOut) => {
    const query = Array.from(known, (item) => texts[item]).join(' ');
    const allowed = Uint8Array.from(texts, (_, item) => (leftOut.has(item) ? 0 : 1));
    const { rows } = await bm25.search(index, { texts: [query] }, { k: 10, allowed }, run);
    return [...rows].filter((row) => row >= 0);
  });
}
