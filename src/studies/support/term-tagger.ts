import type { Matrix } from '../../core/matrix.ts';
import {
  adam,
  constant,
  cosineDecay,
  crossEntropy,
  evaluate,
  IGNORED,
  mlp,
  train,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';

/** Begins a term, goes on with one, stands outside. */
export const TAGS = { begin: 0, inside: 1, outside: 2 } as const;

/** Words by the rows of their features, −1 for those without any, and what each is. */
export interface TermSentence {
  readonly rows: Int32Array;
  /** The kind of term that a word belongs to; undefined for other words. */
  readonly kinds: readonly (string | undefined)[];
}

/** Words on each side that a tag is told by, and columns of the hidden layer. */
const [REACH, HIDDEN] = [2, 64];
const SENTENCES = 32;

/** The tags of a sentence: runs of words of terms; words of kinds that are left out have none. */
export function tagsOf(
  { kinds }: TermSentence,
  isAsked: (kind: string) => boolean = () => true,
): Int32Array {
  return Int32Array.from(kinds, (kind, i) => {
    if (kind === undefined) return TAGS.outside;
    if (!isAsked(kind)) return IGNORED;
    const before = kinds[i - 1];
    return before !== undefined && isAsked(before) ? TAGS.inside : TAGS.begin;
  });
}

/** Where terms begin and end, as `from-to`: a tag inside that follows none begins one. */
export function spansOf(tags: ArrayLike<number>): Set<string> {
  const spans = new Set<string>();
  let from = -1;
  for (let i = 0; i <= tags.length; i++) {
    const tag = i < tags.length ? tags[i] : TAGS.outside;
    if (from >= 0 && tag !== TAGS.inside) {
      spans.add(`${from}-${i}`);
      from = -1;
    }
    if (tag === TAGS.begin || (tag === TAGS.inside && from < 0)) from = i;
  }
  return spans;
}

/**
 * 2·hits/(wanted + found) of whole terms; terms of other kinds count neither as wanted nor, where they were found, as wrong.
 */
export function spanF1(
  sentences: readonly TermSentence[],
  found: readonly ArrayLike<number>[],
  isAsked: (kind: string) => boolean,
): number {
  let [hits, all] = [0, 0];
  for (const [s, sentence] of sentences.entries()) {
    const wanted = spansOf(tagsOf(sentence, isAsked));
    all += wanted.size;
    for (const span of spansOf(found[s])) {
      const [from, to] = span.split('-').map(Number);
      const isOther = sentence.kinds
        .slice(from, to)
        .some((kind) => kind !== undefined && !isAsked(kind));
      if (isOther) continue;
      all += 1;
      if (wanted.has(span)) hits += 1;
    }
  }
  return all === 0 ? 0 : (2 * hits) / all;
}

/**
 * A BIO tagger over frozen features: those of a word and of two on each side, beside one another, a hidden layer, three
 * tags. Returns the tags of the sentences that are to be tagged.
 */
export async function taggedTerms(
  { engine, signal, seed, quick, random }: StudyContext,
  features: Matrix,
  known: readonly TermSentence[],
  isAsked: (kind: string) => boolean,
  asked: readonly TermSentence[],
): Promise<Int32Array[]> {
  const scaled = standardized(features, known);
  const inputs = (2 * REACH + 1) * features.cols;
  const head = mlp({ name: 'tagger', sizes: [inputs, HIDDEN, 3], seed });
  const logitsOf = (sentences: readonly TermSentence[]) => {
    const n = sentences.reduce((sum, { rows }) => sum + rows.length, 0);
    return head(constant(windows(scaled, sentences, n), [n, inputs]));
  };
  const perEpoch = Math.ceil(known.length / SENTENCES);
  await train({
    steps: (quick ? 2 : 6) * perEpoch,
    seed,
    engine,
    signal,
    update: adam({ learningRate: 0.002 }),
    schedule: cosineDecay(),
    loss({ step }) {
      const epoch = Math.floor((step - 1) / perEpoch);
      const order = random.fork('epoch').fork(epoch).sample(known.length);
      const from = ((step - 1) % perEpoch) * SENTENCES;
      const batch = Array.from(order.subarray(from, from + SENTENCES), (i) => known[i]);
      const tags = batch.flatMap((sentence) => Array.from(tagsOf(sentence, isAsked)));
      return crossEntropy(logitsOf(batch), tags);
    },
  });
  const scores = await evaluate(logitsOf(asked), new Workspace(engine));
  let at = 0;
  return asked.map(({ rows }) =>
    Int32Array.from(rows, () => {
      const three = scores.subarray(3 * at, 3 * at + 3);
      at += 1;
      return three.indexOf(Math.max(...three));
    }),
  );
}

/** Columns with mean 0 and variance 1 over the words of the sentences trained on. */
function standardized({ data, cols }: Matrix, known: readonly TermSentence[]) {
  const rows = known.flatMap((sentence) => Array.from(sentence.rows).filter((row) => row >= 0));
  const means = new Float64Array(cols);
  const squares = new Float64Array(cols);
  for (const row of rows)
    for (let c = 0; c < cols; c++) means[c] += data[row * cols + c] / rows.length;
  for (const row of rows)
    for (let c = 0; c < cols; c++)
      squares[c] += (data[row * cols + c] - means[c]) ** 2 / rows.length;
  const out = Float32Array.from(data, (x, e) => {
    const spread = Math.sqrt(squares[e % cols]);
    return spread > 1e-12 ? (x - means[e % cols]) / spread : 0;
  });
  return { data: out, cols };
}

/** The features of each word between those of its neighbours; zeros beyond the ends and for words without any. */
function windows(
  { data, cols }: { readonly data: Float32Array; readonly cols: number },
  sentences: readonly TermSentence[],
  n: number,
): Float32Array {
  const width = 2 * REACH + 1;
  const out = new Float32Array(n * width * cols);
  let word = 0;
  for (const { rows } of sentences) {
    for (let i = 0; i < rows.length; i++, word++) {
      for (let w = 0; w < width; w++) {
        const row = rows[i + w - REACH] ?? -1;
        if (row >= 0)
          out.set(data.subarray(row * cols, (row + 1) * cols), (word * width + w) * cols);
      }
    }
  }
  return out;
}
