import { gathered, type Matrix, matrix, zeros } from '../../core/matrix.ts';
import { countedVectors } from '../../families/alignment/index.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import { centered } from '../../numerics/rows/centered.ts';
import { leadingScores } from '../../structures/spectra/leading-scores.ts';
import type { StudyContext } from '../define.ts';
import { type Emoji, loadEmoji, sharedCounts, wordCounts } from './emoji.ts';

export interface EmojiSizes {
  /** Every so many-th dozen is taken: variants of one emoji follow one another. */
  readonly every: number;
  /** Coordinates of each part. */
  readonly dim: number;
}

/** What is known of emoji whose names GloVe has: row i of each is emoji i. */
export interface EmojiParts {
  readonly emoji: readonly Emoji[];
  /** Mean GloVe vectors of the words of the names. */
  readonly names: Matrix<Float32Array>;
  /** Principal components of the pictures. */
  readonly looks: Matrix<Float32Array>;
  /** From how many English keywords two have in common. */
  readonly company: Matrix;
  /** From the keywords in six other languages. */
  readonly said: Matrix;
  /** The same from bare counts. */
  readonly bare: Matrix;
}

/** Every repeat of a study asks for the same parts. */
const made = new WeakMap<object, Map<string, Promise<EmojiParts>>>();

export function emojiParts(
  study: Pick<StudyContext, 'data' | 'engine'>,
  sizes: EmojiSizes,
): Promise<EmojiParts> {
  const known = made.get(study.data) ?? new Map<string, Promise<EmojiParts>>();
  made.set(study.data, known);
  const key = JSON.stringify([sizes, study.engine.name]);
  const parts = known.get(key) ?? built(study, sizes);
  known.set(key, parts);
  return parts;
}

async function built(
  { data, engine }: Pick<StudyContext, 'data' | 'engine'>,
  { every, dim }: EmojiSizes,
): Promise<EmojiParts> {
  const set = await loadEmoji(data);
  const { points, labels = [] } = await loadGlove();
  const rowOf = new Map(labels.map((word, row) => [word, row]));
  const wordsOf = (name: string) => name.toLowerCase().match(/[a-z]+/g) ?? [];
  const isNamed = (name: string) =>
    wordsOf(name).length > 0 && wordsOf(name).every((word) => rowOf.has(word));
  const rows = [...set.emoji.keys()]
    .filter((i) => isNamed(set.emoji[i].name))
    .filter((_, at) => Math.floor(at / 12) % every === 0);
  const emoji = rows.map((i) => set.emoji[i]);
  const names = zeros(rows.length, points.cols);
  emoji.forEach(({ name }, i) => {
    const own = gathered(
      points,
      wordsOf(name).map((word) => rowOf.get(word) ?? 0),
    );
    for (let e = 0; e < own.data.length; e++)
      names.data[i * points.cols + (e % points.cols)] += own.data[e] / own.rows;
  });
  const pictures = centered(gathered(set.pictures, rows));
  const table = wordCounts(emoji.map(({ foreign }) => foreign));
  const shared = sharedCounts(emoji.map(({ keywords }) => keywords));
  const asFloats = ({ data: own, rows: n, cols }: Matrix) =>
    matrix(Float32Array.from(own), n, cols);
  return {
    emoji,
    names,
    looks: asFloats((await leadingScores(pictures, dim, 1, engine)).scores),
    company: await countedVectors(shared, { dim }, { engine }),
    said: await countedVectors(table, { dim }, { engine }),
    bare: asFloats((await leadingScores(table, dim, 0.5, engine)).scores),
  };
}
