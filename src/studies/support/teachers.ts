import { gathered, type Matrix } from '../../core/matrix.ts';
import { rowNorms } from '../../core/rows.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import type { StudyContext } from '../define.ts';
import { unitLength } from './embeddings.ts';
import { loadRequests } from './requests.ts';
import { sentencesOf, smoothInverseFrequency, WordVectors } from './text-encoders.ts';

/** Sentences with what two teachers make of them. */
export interface Taught {
  readonly texts: readonly string[];
  /** Sentence vectors × 192 and weighted means of word vectors × 100: row i of both is text i. */
  readonly teachers: readonly [Matrix, Matrix];
  readonly intents: Int32Array;
}

export interface TaughtRequests {
  readonly train: Taught;
  /** Never trained on: some are asked for their like among the others. */
  readonly asked: Taught;
  readonly known: Taught;
}

/** Requests of CLINC150, drawn by seed; those without a known word, which have no mean, are left out. */
export async function taughtRequests(
  { data, random, engine }: Pick<StudyContext, 'data' | 'random' | 'engine'>,
  counts: { readonly train: number; readonly asked: number; readonly known: number },
): Promise<TaughtRequests> {
  const { inScope } = await loadRequests(data);
  const words = new WordVectors(await loadGlove());
  const of = async (part: 'train' | 'test', count: number): Promise<Taught> => {
    const { sentences, vectors, labels } = inScope[part];
    const means = await smoothInverseFrequency(words, sentencesOf({ all: sentences }), engine);
    const meant = [...rowNorms(means).keys()].filter((row) => means.data[row * means.cols] !== 0);
    const rows = random
      .fork(part)
      .sample(meant.length, Math.min(count, meant.length))
      .map((at) => meant[at]);
    return {
      texts: [...rows].map((row) => sentences[row]),
      teachers: [gathered(vectors, rows), gathered(means, rows)],
      intents: rows.map((row) => labels[row]),
    };
  };
  const test = await of('test', counts.asked + counts.known);
  return {
    train: await of('train', counts.train),
    asked: taughtRows(test, 0, counts.asked),
    known: taughtRows(test, counts.asked, test.texts.length),
  };
}

function taughtRows({ texts, teachers: [a, b], intents }: Taught, from: number, to: number) {
  const rows = Int32Array.from({ length: to - from }, (_, i) => from + i);
  return {
    texts: texts.slice(from, to),
    teachers: [gathered(a, rows), gathered(b, rows)] as const,
    intents: intents.slice(from, to),
  };
}

/** The teachers side by side, each row of each at length 1. */
export function sideBySide([a, b]: Taught['teachers']): Matrix<Float32Array> {
  const [x, y] = [unitLength(a), unitLength(b)];
  const cols = x.cols + y.cols;
  const data = new Float32Array(x.rows * cols);
  for (let i = 0; i < x.rows; i++) {
    data.set(x.data.subarray(i * x.cols, (i + 1) * x.cols), i * cols);
    data.set(y.data.subarray(i * y.cols, (i + 1) * y.cols), i * cols + x.cols);
  }
  return { data, rows: x.rows, cols };
}
