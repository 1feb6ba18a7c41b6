import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  adam,
  addRows,
  constant,
  cosineDecay,
  crossEntropy,
  dense,
  embedding,
  embeddingTable,
  evaluateAll,
  linear,
  normalization,
  reshape,
  type Tensor,
  train,
  transformerBlock,
  Workspace,
} from '../../learning/index.ts';
import { LANGUAGES, type Language, numberWord } from './number-words.ts';

/** A prompt and its answer: `[from] word [to]`, then the word of the same number. */
export interface Translation {
  readonly number: number;
  readonly from: Language;
  readonly to: Language;
}

/** Every tag and word has a token; words that two languages share have two. */
export const tokenOf = (number: number, language: Language, numbers: number): number =>
  LANGUAGES.length + LANGUAGES.indexOf(language) * numbers + number;

/** The labels of the tokens: tags, then the words of each language. */
export const labelsOf = (numbers: number): readonly string[] => [
  ...LANGUAGES.map((language) => `[${language}]`),
  ...LANGUAGES.flatMap((language) =>
    Array.from({ length: numbers }, (_, n) => `${numberWord(n, language)} (${language})`),
  ),
];

/** A small causal transformer over tags and number words. */
export interface WordTransformer {
  /** The state at the last place of each prompt: as embedded, and behind each block. */
  readonly states: (prompts: readonly Translation[]) => Promise<readonly Matrix[]>;
  readonly unembed: Matrix;
  /** Of the last normalization. */
  readonly gain: ArrayLike<number>;
  readonly shift: ArrayLike<number>;
}

export interface Schooling {
  readonly numbers: number;
  readonly cols: number;
  readonly blocks: number;
  readonly steps: number;
  readonly batch: number;
  /** How often each language is read, and how often it is asked for. */
  readonly shares: readonly number[];
  /** Never seen in training. */
  readonly withheld: (translation: Translation) => boolean;
  readonly seed: number;
  readonly engine: Engine;
  readonly signal: AbortSignal | undefined;
}

/** Tokens that are read: tag, word, tag. */
const READ = 3;

export async function trainedTransformer(schooling: Schooling): Promise<WordTransformer> {
  const { numbers, cols, blocks, steps, batch, seed, engine, signal } = schooling;
  const tokens = LANGUAGES.length * (numbers + 1);
  const lookup = embeddingTable({ name: 'tokens', rows: tokens, cols, seed, deviation: 0.1 });
  const places = embeddingTable({ name: 'places', rows: READ, cols, seed, deviation: 0.1 });
  const stack = Array.from({ length: blocks }, (_, i) =>
    transformerBlock({
      name: `block.${i}`,
      cols,
      seed,
      heads: 2,
      hidden: 2 * cols,
      causal: true,
    }),
  );
  const norm = normalization({ name: 'norm', cols });
  const head = dense({ name: 'unembed', inputs: cols, outputs: tokens, bias: false, seed });
  const [unembed] = head.parameters;
  const statesOf = (prompts: readonly Translation[]): Tensor[] => {
    const ids = Int32Array.from(prompts.flatMap((prompt) => readOf(prompt, numbers)));
    const read = embedding(lookup.parameters[0], ids, [prompts.length, READ]);
    const states = [addRows(read, places.parameters[0])];
    for (const block of stack) states.push(block(states[states.length - 1]));
    return states;
  };
  /** The last place alone: answers are all that is learned, the numbers before are drawn at random. */
  const atLast = (states: Tensor) => {
    const rows = reshape(states, [states.shape[0], READ * cols]);
    return linear(rows, lastPlace(cols));
  };
  const drawn = drawer(schooling);
  await train({
    steps,
    seed,
    engine,
    signal,
    update: adam({ learningRate: 0.004 }),
    schedule: cosineDecay(),
    loss({ random }) {
      const some = Array.from({ length: batch }, () => drawn(random));
      const states = statesOf(some);
      const logits = head(norm(atLast(states[states.length - 1])));
      const answers = some.map(({ number, to }) => tokenOf(number, to, numbers));
      return crossEntropy(logits, answers);
    },
  });
  const [gain, shift] = norm.parameters;
  return {
    unembed: matrix(unembed.data, tokens, cols),
    gain: gain.data,
    shift: shift.data,
    async states(prompts) {
      const found = await evaluateAll(statesOf(prompts).map(atLast), new Workspace(engine));
      return found.map((data) => matrix(data.slice(), prompts.length, cols));
    },
  };
}

const readOf = ({ number, from, to }: Translation, numbers: number): number[] => [
  LANGUAGES.indexOf(from),
  tokenOf(number, from, numbers),
  LANGUAGES.indexOf(to),
];

/** Picks the last of three rows that lie one after the other. */
function lastPlace(cols: number): Tensor {
  const picked = new Float32Array(cols * READ * cols);
  for (let c = 0; c < cols; c++) picked[c * READ * cols + (READ - 1) * cols + c] = 1;
  return constant(picked, [cols, READ * cols]);
}

function drawer({ numbers, shares, withheld }: Schooling) {
  const language = (random: Random): Language => {
    let left = random.uniform() * shares.reduce((sum, share) => sum + share, 0);
    const place = shares.findIndex((share) => {
      left -= share;
      return left < 0;
    });
    return LANGUAGES[place < 0 ? LANGUAGES.length - 1 : place];
  };
  return function drawn(random: Random): Translation {
    const number = Math.floor(random.uniform() * numbers);
    const one = { number, from: language(random), to: language(random) };
    return withheld(one) ? drawn(random) : one;
  };
}
