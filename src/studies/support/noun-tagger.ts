import type { Table } from '../../families/tables/index.ts';
import {
  adagradByRows,
  adam,
  add,
  concat,
  cosineDecay,
  crossEntropy,
  dense,
  evaluate,
  IGNORED,
  mlp,
  normalization,
  relu,
  sliceColumns,
  sliceRows,
  subtract,
  type Tensor,
  train,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { ATTRIBUTES, type Attribute, type SplitTask, type TaggedSentence } from './nouns.ts';

/** A vector of one attribute of words, by the ids of the task. */
export interface WordLookup {
  readonly attribute: Attribute;
  readonly table: Table;
  /** Which id of the table an id of the task is, where they differ. */
  readonly idOf?: (id: number) => number;
}

export interface TaggerScores {
  /** Share of the words asked for whose tag was right. */
  readonly all: number;
  /** Of words whose form stands in the sentences trained on, and of the others. */
  readonly seen: number;
  readonly unseen: number;
}

/** Words on each side that a tag is told by, columns of a word and of the hidden layer. */
const [REACH, WIDTH] = [2, 32];
const SENTENCES = 16;

/**
 * Tags by a window of words: attributes beside one another, maxout of three pieces, layer normalization, and a hidden layer
 * over five words.
 */
export async function taggedNouns(
  { engine, signal, seed, quick, random }: StudyContext,
  { train: known, test, counts }: SplitTask,
  lookups: readonly WordLookup[],
): Promise<TaggerScores> {
  const inputs = lookups.reduce((sum, { table }) => sum + table.dim, 0);
  const pieces = dense({ name: 'pieces', inputs, outputs: 3 * WIDTH, initial: 'he', seed });
  const normal = normalization({ name: 'word', cols: WIDTH });
  const head = mlp({ name: 'head', sizes: [(2 * REACH + 1) * WIDTH, WIDTH, 2], seed });
  /** Logits of all words but the first and last `REACH` of the stream. */
  const logits = ({ ids }: Stream) => {
    const beside = lookups.map(({ attribute, table, idOf }) =>
      table.lookup(attribute, idOf ? ids[attribute].map(idOf) : ids[attribute]),
    );
    const words = normal(maxout(pieces(concat(...beside))));
    const n = ids.form.length - 2 * REACH;
    const windows = Array.from({ length: 2 * REACH + 1 }, (_, at) => sliceRows(words, at, at + n));
    return head(concat(...windows));
  };
  const perEpoch = Math.ceil(known.length / SENTENCES);
  const rates = {
    rows: adagradByRows({ learningRate: 0.1 }),
    others: adam({ learningRate: 0.003 }),
  };
  await train({
    ...{ steps: (quick ? 1 : 3) * perEpoch, seed, engine, signal },
    update: ({ byRows }) => (byRows ? rates.rows : rates.others),
    schedule: cosineDecay(),
    loss({ step }) {
      const epoch = Math.floor((step - 1) / perEpoch);
      const order = random.fork('epoch').fork(epoch).sample(known.length);
      const from = ((step - 1) % perEpoch) * SENTENCES;
      const stream = streamOf(Array.from(order.subarray(from, from + SENTENCES), (i) => known[i]));
      return crossEntropy(logits(stream), stream.tags);
    },
  });
  const stream = streamOf(test);
  const scores = await evaluate(logits(stream), new Workspace(engine));
  const right = { seen: 0, unseen: 0 };
  const asked = { seen: 0, unseen: 0 };
  stream.tags.forEach((tag, i) => {
    if (tag === IGNORED) return;
    const kind = counts[stream.ids.form[i + REACH]] > 0 ? 'seen' : 'unseen';
    asked[kind] += 1;
    if ((scores[2 * i + 1] > scores[2 * i] ? 1 : 0) === tag) right[kind] += 1;
  });
  return {
    all: (right.seen + right.unseen) / (asked.seen + asked.unseen),
    seen: right.seen / asked.seen,
    unseen: right.unseen / asked.unseen,
  };
}

/** max(a, b, c) of three pieces that lie beside one another. */
function maxout(x: Tensor): Tensor {
  const [a, b, c] = [0, 1, 2].map((k) => sliceColumns(x, k * WIDTH, (k + 1) * WIDTH));
  const larger = add(a, relu(subtract(b, a)));
  return add(larger, relu(subtract(c, larger)));
}

interface Stream {
  readonly ids: Readonly<Record<Attribute, Int32Array>>;
  /** Of all words but the first and last `REACH`. */
  readonly tags: Int32Array;
}

/** Sentences one behind the other, with `REACH` ends before, between and behind. */
function streamOf(sentences: readonly TaggedSentence[]): Stream {
  const length = sentences.reduce((sum, { tags }) => sum + tags.length + REACH, REACH);
  const empty = () => new Int32Array(length);
  const ids: Record<Attribute, Int32Array> = {
    form: empty(),
    prefix: empty(),
    suffix: empty(),
    shape: empty(),
  };
  const tags = new Int32Array(length - 2 * REACH).fill(IGNORED);
  let at = REACH;
  for (const sentence of sentences) {
    for (const name of ATTRIBUTES) ids[name].set(sentence.ids[name], at);
    tags.set(sentence.tags, at - REACH);
    at += sentence.tags.length + REACH;
  }
  return { ids, tags };
}
