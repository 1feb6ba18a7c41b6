import { encodeStore, openStore, tableStore, type WordStore } from '../apps/store/index.ts';
import { nearestRows } from '../apps/store/nearest.ts';
import { dot } from '../apps/store/vectors.ts';
import { codecById, codeRecall, compress } from '../apps/verbs/compress.ts';
import { gathered, type Matrix, matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { unitRows } from '../core/rows.ts';
import { loadGlove } from '../io/datasets/index.ts';
import { encode } from '../io/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  atMostTimesBaseline,
  defineStudy,
  type StudyContext,
} from './define.ts';

export default defineStudy({
  paper: papers.magnitudeUniversalVectorEmbeddingUtility,
  methods: ['compression/int8'],
  claim:
    'A file of word vectors opens at once and reads only what is asked for, at the cost of next to no neighbors, and answers for misspelled and unknown words.',
  data: [
    {
      name: 'A slice of GloVe 6B: 31,636 words in order of frequency, 100 dimensions',
      source: 'dataset:glove',
      licence: 'PDDL 1.0',
    },
  ],
  lines: {
    typos: {
      claim:
        'Frequent words with one random edit: the nearest known word is the original in 50 points more than by random vectors',
      unit: '%',
      baseline: 'a random unit vector for each unknown word',
      holds: aboveBaseline(0.5),
    },
    heldOut: {
      claim:
        'Words left out of the store get vectors whose cosine with their own is 0.1 above that of a random known word',
      baseline: 'the vector of a random known word',
      holds: aboveBaseline(0.1),
    },
    overlap: {
      claim: 'With eight bits a number, 95 % of the ten nearest words stay',
      unit: '%',
      holds: atLeast(0.95),
    },
    opening: {
      claim:
        'Opening the store and looking one word up reads at most 1/60 of the bytes of the text file',
      baseline: 'bytes of the same vectors as GloVe text, all of which are parsed',
      holds: atMostTimesBaseline(1 / 60),
    },
    lookups: {
      claim: 'Looking 1,000 words up reads at most a tenth of what a full load holds',
      baseline: 'bytes of all vectors in float32',
      holds: atMostTimesBaseline(0.1),
    },
  },
  readings: {
    spelling: {
      title: 'Typos whose nearest known word is the original, by spelling alone',
      unit: '%',
    },
    likeFirst: { title: 'Typos whose most like known word is the original', unit: '%' },
    shortTypos: { title: 'The same by the whole vector, words of at most 5 letters', unit: '%' },
    longTypos: { title: 'The same by the whole vector, longer words', unit: '%' },
    heldOutSpelling: { title: 'Cosine of left out words by spelling alone' },
    bytes: { title: 'Bytes of the store over those of float32 vectors' },
  },
  deviations: [
    'Own file and code in place of SQLite and Python; Gensim is not run. Studies read no clock: times stand in docs/performance/store.md, here are the bytes that are read.',
    'The slice is stored with eight bits a number as it is, with other steps; coding it again loses less than coding the original would.',
    'Edits that make another known word are drawn again, as such a word is not unknown. The weights of like words were chosen on words of ranks beyond 3,000, which are not tested here.',
    'That a key gives the same vector in every process and browser is held by tests.',
  ],
  async run(study) {
    const { quick, random, tick, engine, signal } = study;
    const all = await loadGlove();
    const n = quick ? 4000 : all.points.rows;
    const points = matrix(all.points.data.subarray(0, n * all.points.cols), n, all.points.cols);
    const labels = (all.labels ?? []).slice(0, n);
    const store = tableStore({ points, labels }, 'glove');

    const typos = await typosOf(store, labels, random.fork('typos'), quick ? 60 : 1000);
    await tick(0.1);
    const judged = await judgedTypos(store, typos, study);
    await tick(0.7);
    const left = await heldOut({ points, labels }, random.fork('left'), quick ? 40 : 500);
    await tick(0.9);
    const encoded = await compress(points, 'int8', {}, { engine, signal });
    const ready = await codecById('int8').ready(encoded.model);
    const options = { engine, signal, seed: study.seed, queries: quick ? 100 : 500 };
    const overlap = (await codeRecall(points, ready, encoded.codes, options))?.value ?? 0;
    const pieces = await encodeStore(encoded, { labels });
    const read = await bytesRead(pieces, labels, random.fork('lookups'), quick ? 100 : 1000);
    const text = await encode({ points, labels }, { format: 'glove' });
    return {
      ...judged,
      ...left,
      overlap,
      opening: { value: read.opening, baseline: text.length },
      lookups: { value: read.lookups, baseline: 4 * points.data.length },
      bytes: read.size / (4 * points.data.length),
    };
  },
});

interface Typo {
  readonly row: number;
  readonly typed: string;
}

/** The most frequent words of three letters or more, each with one edit that makes no known word. */
async function typosOf(
  store: WordStore,
  labels: readonly string[],
  random: Random,
  count: number,
): Promise<Typo[]> {
  const found: Typo[] = [];
  for (const [row, label] of labels.entries()) {
    if (found.length === count) break;
    if (!/^[a-z]{3,}$/.test(label)) continue;
    let typed = edited(label, random);
    while (await store.contains(typed)) typed = edited(label, random);
    found.push({ row, typed });
  }
  return found;
}

/** A letter left out, put in, replaced, or two swapped: one of the four, at a random place. */
function edited(word: string, random: Random): string {
  const letters = [...word];
  const letter = String.fromCharCode(97 + random.integer(26));
  const at = random.integer(letters.length - 1);
  const edits = [
    () => letters.splice(random.integer(letters.length), 1),
    () => letters.splice(random.integer(letters.length + 1), 0, letter),
    () => letters.splice(random.integer(letters.length), 1, letter),
    () => letters.splice(at, 2, letters[at + 1], letters[at]),
  ];
  edits[random.integer(edits.length)]();
  return letters.join('');
}

async function judgedTypos(store: WordStore, typos: readonly Typo[], study: StudyContext) {
  const typed = typos.map((typo) => typo.typed);
  const words = await store.words(typed);
  const nearest = async (vectors: Matrix<Float32Array>) => {
    const found = await nearestRows(store, vectors, { k: 1 }, study);
    return found.map(([{ row }], i) => row === typos[i].row);
  };
  const whole = await nearest(await store.vectors(typed));
  const noise = study.random.fork('noise');
  const drawn = Float32Array.from({ length: typos.length * store.cols }, () => noise.normal());
  const random = await nearest(
    unitRows('study', matrix(drawn, typos.length, store.cols)).points as Matrix<Float32Array>,
  );
  const labels = await Promise.all(typos.map(({ row }) => store.labelOf(row)));
  const isShort = labels.map(({ length }) => length <= 5);
  return {
    typos: { value: share(whole), baseline: share(random) },
    spelling: share(await nearest(await store.vectors(typed, { unknown: 'spelling' }))),
    likeFirst: share(words.map(({ from }, i) => from[0]?.row === typos[i].row)),
    shortTypos: share(whole.filter((_, i) => isShort[i])),
    longTypos: share(whole.filter((_, i) => !isShort[i])),
  };
}

const share = (are: readonly boolean[]) => are.filter((is) => is).length / Math.max(1, are.length);

/** Words that a store does not have: how near their vectors come to their own. */
async function heldOut(
  { points, labels }: { readonly points: Matrix<Float32Array>; readonly labels: readonly string[] },
  random: Random,
  count: number,
) {
  const order = random.sample(labels.length);
  const isWord = (row: number) => /^[a-z]{4,}$/.test(labels[row]);
  const left = [...order].filter(isWord).slice(0, count);
  const out = new Set(left);
  const kept = [...labels.keys()].filter((row) => !out.has(row));
  const store = tableStore({ points: gathered(points, kept), labels: kept.map((i) => labels[i]) });
  const words = left.map((row) => labels[row]);
  const own = unitRows('study', gathered(points, left)).points;
  const meanCosine = (vectors: Matrix) => {
    return dot(unitRows('study', vectors).points.data, own.data) / left.length;
  };
  const others = left.map(() => kept[random.integer(kept.length)]);
  return {
    heldOut: {
      value: meanCosine(await store.vectors(words)),
      baseline: meanCosine(gathered(points, others)),
    },
    heldOutSpelling: meanCosine(await store.vectors(words, { unknown: 'spelling' })),
  };
}

/** Bytes that opening with one lookup reads, header included, and that further lookups read. */
async function bytesRead(
  pieces: readonly Uint8Array<ArrayBuffer>[],
  labels: readonly string[],
  random: Random,
  count: number,
) {
  const blob = new Blob([...pieces]);
  const store = await openStore(blob);
  const words = [...random.sample(labels.length, count)].map((row) => labels[row]);
  await store.vector(words[0]);
  const opening = pieces[0].length + store.packed.bytesRead;
  await store.vectors(words);
  const lookups = pieces[0].length + store.packed.bytesRead;
  return { opening, lookups, size: blob.size };
}
