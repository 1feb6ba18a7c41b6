import { gathered, type Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { unitOrAxisRows } from '../../numerics/rows/unit-rows.ts';
import type { StudyData } from '../define.ts';
import { plainWords } from './bag-classifier.ts';
import type { Judged } from './learned-words.ts';
import { loadRequests, type Requests } from './requests.ts';
import { loadWordTable, meansOf, type WordTable, wordSets } from './word-sets.ts';

/** A class to learn a word for. */
export interface Concept {
  /** Unit vectors of the most frequent words of all texts. */
  readonly vocabulary: Matrix<Float32Array>;
  /** Places in the vocabulary of the words that the class has more often than others have, the most telling first. */
  readonly own: readonly number[];
  readonly train: Judged;
  readonly test: Judged;
}

export interface ConceptSizes {
  readonly words: number;
  /** Texts of the class, and as many of others, to learn from. */
  readonly shots: number;
  /** Texts of other classes to test on. */
  readonly others: number;
}

/** How many times a word of the class counts as heard elsewhere. */
const DOUBT = 20;

/** An intent that the stream draws, with a few requests of it and of others. */
export async function drawnConcept(
  data: StudyData,
  random: Random,
  { words, shots, others }: ConceptSizes,
): Promise<Concept> {
  const { inScope, intents } = await loadRequests(data);
  const table = await loadWordTable();
  const intent = random.fork('intent').integer(intents.length);
  const { train, test } = inScope;

  const counts = countsOf(train.sentences, table);
  const inClass = countsOf(
    train.sentences.filter((_, i) => train.labels[i] === intent),
    table,
  );
  const most = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, words);
  const telling = most.map(([word, count]) => (inClass.get(word) ?? 0) / (count + DOUBT));
  const own = Array.from(telling.keys()).toSorted((a, b) => telling[b] - telling[a]);

  const draw = (texts: Requests, label: string, few: number, many: number) => {
    const order = random.fork(label).sample(texts.labels.length);
    const of = order.filter((row) => texts.labels[row] === intent).slice(0, few);
    const rest = order.filter((row) => texts.labels[row] !== intent).slice(0, many);
    const rows = [...of, ...rest];
    const sentences = rows.map((row) => texts.sentences[row]);
    return {
      points: unitOrAxisRows('study', meansOf(wordSets(sentences, table))) as Matrix<Float32Array>,
      isOf: Int32Array.from(rows, (_, i) => Number(i < of.length)),
    };
  };
  return {
    vocabulary: gathered(
      table.points,
      most.map(([word]) => table.rowOf.get(word) ?? 0),
    ) as Matrix<Float32Array>,
    own,
    train: draw(train, 'train', shots, shots),
    test: draw(test, 'test', test.labels.length, others),
  };
}

/** How often each word that has a vector comes. */
function countsOf(texts: readonly string[], { rowOf }: WordTable): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const word of plainWords(text))
      if (rowOf.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
