import { gathered, type Matrix, matrix, zeros } from '../../core/matrix.ts';
import { log, pow } from '../../core/numeric.ts';
import type { Engine } from '../../engine/engine.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import { bytesOf } from '../../io/datasets/quantized.ts';
import type { StudyData } from '../define.ts';
import { loadRequests } from './requests.ts';
import { loadAddresses, loadSentencePairs } from './texts.ts';

const WINDOW = 5;
/** Contexts are counted to this power (Levy, Goldberg, Dagan 2015). */
const SMOOTHING = 0.75;

export interface WordSpaceSizes {
  readonly words: number;
  /** The most frequent words are contexts. */
  readonly contexts: number;
  readonly dim: number;
  /** Leaves out the addresses on the state of the union, the requests and the package descriptions. */
  readonly few?: boolean;
}

/** Every repeat of a study asks for the same spaces. */
const made = new WeakMap<StudyData, Map<string, Promise<WordSpaces>>>();

/** The same words in two spaces: row i of both. */
export interface WordSpaces {
  readonly words: readonly string[];
  /** GloVe of six thousand million tokens. */
  readonly glove: Matrix<Float32Array>;
  /** From the texts of the studies. */
  readonly counted: Matrix<Float32Array>;
  readonly tokens: number;
}

/** The most frequent words of the studies' English texts that GloVe has, with vectors from either. */
export function wordSpaces(
  data: StudyData,
  sizes: WordSpaceSizes,
  engine: Engine,
): Promise<WordSpaces> {
  const known = made.get(data) ?? new Map<string, Promise<WordSpaces>>();
  made.set(data, known);
  const key = JSON.stringify([sizes, engine.name]);
  const spaces = known.get(key) ?? built(data, sizes, engine);
  known.set(key, spaces);
  return spaces;
}

async function built(
  data: StudyData,
  { words: most, contexts, dim, few = false }: WordSpaceSizes,
  engine: Engine,
): Promise<WordSpaces> {
  const { points, labels = [] } = await loadGlove();
  const rowOf = new Map(labels.map((word, row) => [word, row]));
  const sentences = await englishSentences(data, few);
  const counts = new Map<string, number>();
  for (const words of sentences)
    for (const word of words) if (rowOf.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([word]) => word);
  const table = cooccurrences(sentences, words, Math.min(contexts, words.length));
  return {
    words,
    glove: gathered(
      points,
      words.map((word) => rowOf.get(word) ?? 0),
    ) as Matrix<Float32Array>,
    counted: await leadingDirections(positiveInformation(table), dim, engine),
    tokens: sentences.reduce((sum, own) => sum + own.length, 0),
  };
}

async function englishSentences(data: StudyData, few: boolean): Promise<string[][]> {
  const inaugural = Object.values(
    (await json(data, 'inaugural-addresses', 'sentences.json.gz')) as Record<string, string[]>,
  ).flat();
  const news = await loadSentencePairs(data, 'ntrex', 'eng', 'deu');
  const genesis = await loadSentencePairs(data, 'genesis-verses', 'eng', 'fra');
  return [inaugural, news.source, genesis.source, few ? [] : await longCollections(data)]
    .flat()
    .map((text) => text.toLowerCase().match(/[a-z]+/g) ?? []);
}

async function longCollections(data: StudyData): Promise<string[]> {
  const addresses = [...(await loadAddresses(data)).values()].flatMap((text) => text.split('\n'));
  const { inScope, outOfScope } = await loadRequests(data);
  const requests = [inScope, outOfScope].flatMap((set) =>
    Object.values(set).flatMap(({ sentences }) => sentences),
  );
  const { rows } = (await json(data, 'package-descriptions', 'meta.json.gz')) as {
    readonly rows: readonly (readonly [string, string])[];
  };
  return [...addresses, ...requests, ...rows.map(([, description]) => description)];
}

async function json(data: StudyData, folder: string, name: string): Promise<unknown> {
  const bytes = await bytesOf(new URL(name, await data.folder(folder)));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** How often a context stands near a word, nearer ones more, words × contexts. */
function cooccurrences(
  sentences: readonly (readonly string[])[],
  words: readonly string[],
  contexts: number,
): Matrix<Float32Array> {
  const placeOf = new Map(words.map((word, place) => [word, place]));
  const table = zeros(words.length, contexts);
  for (const sentence of sentences) {
    const places = sentence.map((word) => placeOf.get(word) ?? -1);
    places.forEach((place, at) => {
      if (place < 0) return;
      for (let step = 1; step <= WINDOW && at + step < places.length; step++) {
        const other = places[at + step];
        const weight = 1 / step;
        if (other < 0) continue;
        if (other < contexts) table.data[place * contexts + other] += weight;
        if (place < contexts) table.data[other * contexts + place] += weight;
      }
    });
  }
  return table;
}

/** max(0, log p(w, c)/(p(w) p'(c))), p' the smoothed shares of the contexts. */
function positiveInformation({ data, rows: n, cols: m }: Matrix<Float32Array>) {
  const [ofWords, ofContexts] = [new Float64Array(n), new Float64Array(m)];
  for (let e = 0; e < data.length; e++) {
    ofWords[Math.floor(e / m)] += data[e];
    ofContexts[e % m] += data[e];
  }
  const smoothed = ofContexts.map((count) => pow(count, SMOOTHING));
  const total = smoothed.reduce((sum, count) => sum + count, 0);
  const out = zeros(n, m);
  for (let e = 0; e < data.length; e++) {
    if (data[e] === 0) continue;
    const expected = (ofWords[Math.floor(e / m)] * smoothed[e % m]) / total;
    out.data[e] = Math.max(0, log(data[e] / expected));
  }
  return out;
}

/** U·S^½ of the leading singular values. */
async function leadingDirections(table: Matrix<Float32Array>, dim: number, engine: Engine) {
  const { values, vectors } = await engine.linalg.eigh(await engine.gram(table));
  const axes = zeros(dim, table.cols);
  for (let e = 0; e < axes.data.length; e++)
    axes.data[e] = vectors.data[e] / Math.sqrt(Math.sqrt(values[Math.floor(e / table.cols)]));
  const { data, rows, cols } = await engine.matmul(table, axes, true);
  return matrix(Float32Array.from(data), rows, cols);
}
