import type { Table } from '../../families/tables/index.ts';
import {
  adagradByRows,
  adamW,
  byKind,
  crossEntropy,
  dense,
  evaluate,
  linearDecay,
  relu,
  segmentMean,
  type Tensor,
  train,
  Workspace,
} from '../../learning/index.ts';
import { wordTokens } from '../../numerics/text/words.ts';
import type { StudyContext } from '../define.ts';

/** Texts as the ids of their words, in any order, each with a class. */
export interface Bags {
  readonly words: readonly Int32Array[];
  readonly classes: Int32Array;
}

/** Words in lower case that have a letter or a digit. */
export function plainWords(text: string): readonly string[] {
  return wordTokens(text.toLowerCase()).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** Texts by the words that have an id; others are left out. */
export function bagsOf(
  texts: readonly string[],
  classes: Int32Array,
  idOf: ReadonlyMap<string, number>,
): Bags {
  const words = texts.map((text) =>
    Int32Array.from(plainWords(text).flatMap((word) => idOf.get(word) ?? [])),
  );
  return { words, classes };
}

export interface BagTraining {
  readonly classes: number;
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
}

const AT_ONCE = 500;
const HIDDEN = 128;
const HEAD_RATE = 0.01;

/**
 * Trains the table, field 0, under a layer for each word, the mean of a text's words and a linear layer; the accuracy on
 * other texts. Without a layer for each word a text would be the counts of its words' pieces, whatever pieces a word joins.
 */
export async function bagAccuracy(
  table: Table,
  { train: known, test }: { readonly train: Bags; readonly test: Bags },
  { classes, steps, batch, learningRate }: BagTraining,
  { seed, engine, signal }: StudyContext,
): Promise<number> {
  const each = dense({ name: 'word', inputs: table.dim, outputs: HIDDEN, seed });
  const head = dense({ name: 'head', inputs: HIDDEN, outputs: classes, seed });
  const logits = ({ words }: Bags, rows: Int32Array): Tensor => {
    const bags = Array.from(rows, (row) => words[row]);
    const segments = bags.flatMap((bag, b) => Array.from(bag, () => b));
    const ids = bags.flatMap((bag) => Array.from(bag));
    const features = relu(each(table.lookup(0, ids)));
    return head(segmentMean(features, segments, bags.length));
  };
  await train({
    loss({ random }) {
      const rows = Int32Array.from(random.sample(known.words.length, batch));
      return crossEntropy(
        logits(known, rows),
        rows.map((row) => known.classes[row]),
      );
    },
    steps,
    update: byKind({
      euclidean: adamW({ learningRate: HEAD_RATE, weightDecay: 0 }),
      manifold: adamW({ learningRate: HEAD_RATE }),
      table: adagradByRows({ learningRate }),
    }),
    schedule: linearDecay(),
    parameters: [...table.network.parameters, ...each.parameters, ...head.parameters],
    ...{ seed, engine, signal },
  });
  const workspace = new Workspace(engine);
  let right = 0;
  for (let from = 0; from < test.words.length; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, test.words.length - from);
    const rows = Int32Array.from({ length: count }, (_, i) => from + i);
    const scores = await evaluate(logits(test, rows), workspace);
    for (let i = 0; i < count; i++) {
      const own = scores.subarray(i * classes, (i + 1) * classes);
      if (own.indexOf(Math.max(...own)) === test.classes[from + i]) right += 1;
    }
  }
  return right / test.words.length;
}
