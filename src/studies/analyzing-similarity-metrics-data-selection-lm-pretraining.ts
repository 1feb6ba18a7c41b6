import { curate } from '../apps/verbs/curate.ts';
import { type Matrix, matrix, zeros } from '../core/matrix.ts';
import { exp } from '../core/numeric.ts';
import { clusterPurity, lossCoherence } from '../families/metrics/index.ts';
import { loadGlove } from '../io/datasets/index.ts';
import { bytesOf } from '../io/datasets/quantized.ts';
import * as papers from '../method/bibliography/papers.ts';
import { meanOf } from '../numerics/statistics/averages.ts';
import { aboveBaseline, atMost, belowBaseline, defineStudy, type StudyContext } from './define.ts';
import { chanceRatios } from './support/chance-ratios.ts';
import { alphabetOf, CharacterModel } from './support/character-model.ts';
import {
  hashedFeatures,
  latentSemantics,
  type Sentence,
  sentencesOf,
  trigrams,
  WordVectors,
} from './support/text-encoders.ts';
import { loadAddresses, loadSentencePairs } from './support/texts.ts';

/** Documents of each source that are drawn: three frequent ones and three rare ones. */
const FREQUENT = { packages: 900, addresses: 900, requests: 900 };
const RARE = { genesis: 80, news: 80, french: 80 };
/** Of each source, to be read by the models. */
const HELD_OUT = 60;
const LONGEST = 200;
const [CLUSTERS, SHARE] = [60, 0.2];

export default defineStudy({
  paper: papers.analyzingSimilarityMetricsDataSelectionLmPretraining,
  methods: ['metrics/loss-coherence', 'metrics/cluster-purity'],
  claim:
    'Which embedding should pick training texts can be told beforehand: near texts should have near losses and one source; simple embeddings of the model itself are best, and spreading the choice out helps.',
  data: [
    {
      name: 'Texts of six sources: package descriptions, paragraphs of State of the Union addresses, requests; few verses of Genesis, English and French news',
      source:
        'study-data: package-descriptions, state-of-the-union, clinc150, genesis-verses, ntrex',
      licence: 'free metadata of Debian; public domain; CC BY 3.0; public domain; CC BY-SA 4.0',
    },
    { name: 'GloVe slice, 31,636 words × 100', source: 'dataset:glove', licence: 'PDDL' },
  ],
  quickSeeds: 2,
  lines: {
    random: {
      claim:
        'Losses are more alike within clusters of every embedding than of random ones: the largest ratio',
      baseline: 'the smallest of ten random clusterings',
      holds: belowBaseline(),
    },
    own: {
      claim: 'The model’s own outputs have the lowest ratio',
      baseline: 'the best other embedding',
      holds: belowBaseline(),
    },
    simple: {
      claim: 'Mean word vectors are as good as latent semantics, or better',
      baseline: 'latent semantic analysis',
      holds: belowBaseline(),
    },
    purity: {
      claim: 'Clusters of every embedding keep sources apart beyond chance: the least purity',
      baseline: 'shuffled sources, upper end of 95 %',
      holds: aboveBaseline(),
    },
    rare: {
      claim:
        'A fifth of the texts, chosen evenly over clusters, has more of the texts of rare sources: the share of them',
      unit: '%',
      baseline: 'a random fifth',
      holds: aboveBaseline(),
    },
    rareLoss: {
      claim:
        'A model of it reads rare sources better: perplexity of a character, mean over the embeddings',
      baseline: 'a random fifth',
      holds: belowBaseline(),
    },
    allLoss: {
      claim: 'It reads all six sources better, each counting the same',
      baseline: 'a random fifth',
      holds: belowBaseline(),
    },
    chosen: {
      claim:
        'The ratio tells which embedding to take: rare perplexity by the embedding of the lowest ratio is below that of the highest',
      baseline: 'the embedding of the highest ratio',
      holds: belowBaseline(),
    },
    chance: {
      claim: 'The ratio of random clusters is 1: distance of their mean from it',
      holds: atMost(0.02),
    },
  },
  readings: {
    hashed: { title: 'Ratio, hashed trigrams' },
    lsa: { title: 'Ratio, latent semantic analysis' },
    glove: { title: 'Ratio, mean of word vectors' },
    model: { title: 'Ratio, outputs of the model' },
    hashedPurity: { title: 'Purity, hashed trigrams', unit: '%' },
    lsaPurity: { title: 'Purity, latent semantic analysis', unit: '%' },
    glovePurity: { title: 'Purity, mean of word vectors', unit: '%' },
    modelPurity: { title: 'Purity, outputs of the model', unit: '%' },
  },
  deviations: [
    'An interpolated 5-gram model of characters in place of a transformer of 1.7 billion weights, and texts of at most 200 characters in place of the Pile.',
    'The losses are those of texts that the model did not learn from: half of the texts train it, the other half is measured.',
    'The model’s own embedding is the mean of what it expects next, the square roots of its probabilities.',
    'The choice is drawn evenly from clusters of k-means, which are of any size; even draws from balanced clusters are close to random ones.',
    'A fifth of the texts, not of their characters: a choice of shorter texts trains on less.',
  ],
  async run(study) {
    const { random, engine, signal, seed, tick, quick } = study;
    const texts = await collected(study);
    const order = random.fork('halves').sample(texts.pool.length);
    const half = order.length >> 1;
    const [learned, read] = [order.subarray(0, half), order.subarray(half)].map((rows) =>
      Array.from(rows, (i) => texts.pool[i]),
    );
    const alphabet = alphabetOf(texts.pool.map(({ text }) => text));
    const model = new CharacterModel(
      alphabet,
      learned.map(({ text }) => text),
    );
    const readings = read.map(({ text }) => model.read(text));
    const scores = Float64Array.from(readings, ({ loss }) => loss);
    const classes = read.map(({ part }) => part);
    await tick(0.2);
    const vectors = new WordVectors(await loadGlove());
    const spaces = await spacesOf(read, model, vectors, study);
    const clusters = quick ? 10 : CLUSTERS;
    const ratios: number[] = [];
    const purities = [];
    for (const points of spaces) {
      const run = { engine, signal, seed };
      ratios.push((await lossCoherence(points, { clusters }, { ...run, scores })).value);
      purities.push(await clusterPurity(points, { clusters }, { ...run, classes }));
    }
    const byChance = chanceRatios(scores, clusters, random.fork('chance'));
    await tick(0.5);
    const choices = await choose(texts, await spacesOf(texts.pool, model, vectors, study), study);
    const least = purities.reduce((a, b) => (b.value < a.value ? b : a));
    const places = [...ratios.keys()].sort((a, b) => ratios[a] - ratios[b]);
    const [hashed, lsa, glove, own] = ratios;
    const mean = (of: (choice: Choice) => number) => meanOf(choices.even.map(of));
    return {
      random: { value: Math.max(...ratios), baseline: Math.min(...byChance) },
      own: { value: own, baseline: Math.min(hashed, lsa, glove) },
      simple: { value: glove, baseline: lsa },
      purity: { value: least.value, baseline: least.null?.high ?? Number.NaN },
      rare: { value: mean(({ rare }) => rare), baseline: choices.random.rare },
      rareLoss: { value: mean(({ rareLoss }) => rareLoss), baseline: choices.random.rareLoss },
      allLoss: { value: mean(({ allLoss }) => allLoss), baseline: choices.random.allLoss },
      chosen: {
        value: choices.even[places[0]].rareLoss,
        baseline: choices.even[places[places.length - 1]].rareLoss,
      },
      chance: Math.abs(meanOf(byChance) - 1),
      hashed,
      lsa,
      glove,
      model: own,
      hashedPurity: purities[0].value,
      lsaPurity: purities[1].value,
      glovePurity: purities[2].value,
      modelPurity: purities[3].value,
    };
  },
});

interface Texts {
  readonly pool: readonly Sentence[];
  /** By source, never learned from. */
  readonly held: Readonly<Record<string, readonly string[]>>;
}

/** Texts of six sources in the numbers wanted, and others of each to be read. */
async function collected({ data, random, quick }: StudyContext): Promise<Texts> {
  const [meta, sentences] = await Promise.all(
    [
      new URL('meta.json.gz', await data.folder('package-descriptions')),
      new URL('sentences.json.gz', await data.folder('clinc150')),
    ].map(async (url) => JSON.parse(new TextDecoder().decode(await bytesOf(url)))),
  );
  const verses = await loadSentencePairs(data, 'genesis-verses', 'eng', 'fra');
  const news = await loadSentencePairs(data, 'ntrex', 'eng', 'fra');
  const all: Record<string, readonly string[]> = {
    packages: meta.rows.map(([name, what]: readonly string[]) => `${name}: ${what}`),
    addresses: [...(await loadAddresses(data)).values()].flatMap((text) => text.split('\n')),
    requests: sentences.train.map(([text]: readonly string[]) => text),
    genesis: verses.source,
    news: news.source,
    french: news.target,
  };
  const wanted: Readonly<Record<string, number>> = { ...FREQUENT, ...RARE };
  const pool: Record<string, readonly string[]> = {};
  const held: Record<string, readonly string[]> = {};
  for (const [source, texts] of Object.entries(all)) {
    const long = texts.filter((text) => text.length >= 30);
    const [count, others] = quick ? [wanted[source] / 10, 8] : [wanted[source], HELD_OUT];
    const drawn = Array.from(random.fork(source).sample(long.length, count + others), (i) =>
      long[i].slice(0, LONGEST),
    );
    pool[source] = drawn.slice(0, count);
    held[source] = drawn.slice(count).map((text) => text.toLowerCase());
  }
  return { pool: sentencesOf(pool), held };
}

/** Hashed trigrams, latent semantics, mean word vectors, and what the model expects next. */
async function spacesOf(
  texts: readonly Sentence[],
  model: CharacterModel,
  vectors: WordVectors,
  { engine, quick }: StudyContext,
): Promise<readonly Matrix[]> {
  const d = quick ? 64 : 512;
  const expected = texts.map(({ text }) => model.read(text).expected);
  const center = expected[0].map((_, c) => meanOf(expected.map((row) => row[c])));
  const outputs = expected.flatMap((row) => Array.from(row, (x, c) => x - center[c]));
  return [
    hashedFeatures(texts, trigrams, d),
    await latentSemantics(texts, d, quick ? 20 : 100, engine),
    vectors.means(texts, () => 1),
    matrix(Float32Array.from(outputs), texts.length, expected[0].length),
  ].map(withoutEmpty);
}

/** A text without a known word has no direction: it gets one of its own. */
function withoutEmpty(points: Matrix): Matrix {
  const { rows: n, cols: d } = points;
  const out = zeros(n, d);
  out.data.set(points.data);
  for (let i = 0; i < n; i++) {
    const own = out.data.subarray(i * d, (i + 1) * d);
    if (own.every((x) => x === 0)) own[i % d] = 1;
  }
  return out;
}

interface Choice {
  /** Share of the texts of rare sources that was chosen. */
  readonly rare: number;
  /** Perplexity of a character of texts that were held out, rare sources alone and all. */
  readonly rareLoss: number;
  readonly allLoss: number;
}

async function choose({ pool, held }: Texts, spaces: readonly Matrix[], study: StudyContext) {
  const { random, engine, signal, seed, quick } = study;
  const alphabet = alphabetOf(pool.map(({ text }) => text));
  const isRare = (source: string) => Object.hasOwn(RARE, source);
  const rareRows = pool.filter(({ part }) => isRare(part)).length;
  const judged = (rows: ArrayLike<number>): Choice => {
    const chosen = Array.from(rows, (i) => pool[i]);
    const model = new CharacterModel(
      alphabet,
      chosen.map(({ text }) => text),
    );
    const losses = Object.entries(held).map(([source, texts]) => ({
      source,
      loss: exp(model.loss(texts)),
    }));
    return {
      rare: chosen.filter(({ part }) => isRare(part)).length / rareRows,
      rareLoss: meanOf(losses.filter(({ source }) => isRare(source)).map(({ loss }) => loss)),
      allLoss: meanOf(losses.map(({ loss }) => loss)),
    };
  };
  const even: Choice[] = [];
  for (const points of spaces) {
    const options = { clusters: quick ? 10 : CLUSTERS, share: SHARE, seed, engine };
    const { selected } = await curate({ points }, options, { signal });
    even.push(judged(selected ?? []));
  }
  const count = Math.round(SHARE * pool.length);
  return { even, random: judged(random.fork('fifth').sample(pool.length, count)) };
}
