import { gathered, type Matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import type { Engine } from '../engine/engine.ts';
import { rsa, seriesCorrelation } from '../families/comparisons/index.ts';
import { segmentationError, successiveCosine, topicBoundaries } from '../families/metrics/index.ts';
import { loadGlove, loadPackageDescriptions } from '../io/datasets/index.ts';
import { bytesOf, quantizedVectors } from '../io/datasets/quantized.ts';
import * as papers from '../method/bibliography/papers.ts';
import { medianInPlace } from '../numerics/statistics/averages.ts';
import { pearson } from '../numerics/statistics/pearson.ts';
import {
  aboveBaseline,
  atLeast,
  atMostTimesBaseline,
  belowBaseline,
  defineStudy,
  nearBaseline,
  type StudyContext,
} from './define.ts';
import {
  clausesOf,
  hashedFeatures,
  latentSemantics,
  type Sentence,
  sentencesOf,
  smoothInverseFrequency,
  trigrams,
  WordVectors,
} from './support/text-encoders.ts';

/** Parts that the addresses are cut into, in the order of time: one for each seed. */
const PARTS = 5;
const SEGMENTS = 30;
const NULL_END = 'the upper end of the null’s 95 %';

export default defineStudy({
  paper: papers.comparativeStudySentenceEmbeddingSemanticVariation,
  methods: [
    'comparisons/series-correlation',
    'comparisons/rsa',
    'metrics/successive-cosine',
    'metrics/topic-boundaries',
    'metrics/segmentation-error',
  ],
  claim:
    'On whole texts most sentence encoders see highly correlated patterns of similarity between successive sentences, with differences, and these serve for segmentation.',
  data: [
    {
      name: '41 inaugural addresses in the order of time, 3,940 sentences, with sentence embeddings',
      source:
        'corpus inaugural of NLTK; Universal Sentence Encoder; study-data/inaugural-addresses',
      licence: 'public domain; encoder Apache-2.0',
    },
    { name: 'GloVe slice, 31,636 words × 100', source: 'dataset:glove', licence: 'PDDL' },
    {
      name: 'Sentence embeddings of package descriptions, 30 planted runs of one section each',
      source:
        'Universal Sentence Encoder of descriptions of Debian 12, study-data/package-descriptions',
      licence: 'free metadata of Debian; encoder Apache-2.0',
    },
  ],
  lines: {
    series: {
      claim: 'The series of every two encoders are correlated beyond chance: the least correlation',
      baseline: NULL_END,
      holds: aboveBaseline(0.1),
    },
    highly: {
      claim: 'The series are highly correlated: the median over pairs of encoders',
      holds: atLeast(0.5),
    },
    matrices: {
      claim: 'So are the matrices of all pairs of sentences: the least rank correlation',
      baseline: NULL_END,
      holds: aboveBaseline(0.1),
    },
    averages: {
      claim: 'Both encoders that average word vectors agree most with each other',
      baseline: 'the next two',
      holds: aboveBaseline(),
    },
    common: {
      claim: 'Removing the common component raises the agreement with the contextual encoder',
      baseline: 'plain mean of word vectors',
      holds: aboveBaseline(),
    },
    range: {
      claim: 'Removing it widens the range of the series: the standard deviation',
      baseline: 'plain mean of word vectors',
      holds: aboveBaseline(),
    },
    flow: {
      claim: 'Successive sentences are more alike than in random order, in every encoder',
      baseline: NULL_END,
      holds: aboveBaseline(),
    },
    dips: {
      claim: 'Sentences on both sides of the end of an address are less alike than others',
      baseline: 'all other successive sentences',
      holds: belowBaseline(),
    },
    addresses: {
      claim: 'Dips find the ends of addresses: P_k, mean over the encoders',
      baseline: 'random places',
      holds: belowBaseline(),
    },
    addressesEven: {
      claim: 'They do so better than segments of one length',
      baseline: 'evenly spaced',
      holds: belowBaseline(),
    },
    planted: {
      claim: 'On planted runs of package descriptions P_k is half that of chance or less',
      baseline: 'random places',
      holds: atMostTimesBaseline(0.5),
    },
    plantedEven: {
      claim: 'There too segments of one length do worse',
      baseline: 'evenly spaced',
      holds: belowBaseline(),
    },
    splitting: {
      claim: 'Splitting at colons and semicolons too changes the mean correlation by 0.02 at most',
      baseline: 'sentences',
      holds: nearBaseline(0.02),
    },
  },
  readings: {
    glove: { title: 'P_k of addresses, mean of word vectors' },
    sif: { title: 'P_k of addresses, word vectors less their common component' },
    lsa: { title: 'P_k of addresses, latent semantic analysis' },
    trigrams: { title: 'P_k of addresses, character trigrams' },
    contextual: { title: 'P_k of addresses, Universal Sentence Encoder' },
    wide: { title: 'P_k of addresses with 25 sentences on each side, mean over the encoders' },
    lengthGlove: {
      title:
        'Correlation of the series of mean word vectors with the words of the shorter sentence',
    },
    lengthContextual: { title: 'The same for the Universal Sentence Encoder' },
    found: { title: 'Planted boundaries, of 29, found without being told their number' },
  },
  deviations: [
    'Addresses in place of novels, and five encoders: Universal Sentence Encoder, mean of GloVe vectors, SIF, latent semantic analysis, hashed character trigrams.',
    'Each seed takes another fifth of the addresses, in the order of time.',
    'The null of the series moves one along the other in place of shuffling sentences, so that both keep their memory.',
  ],
  async run(study) {
    const { quick, engine, signal, tick } = study;
    const vectors = new WordVectors(await loadGlove());
    const { sentences, contextual } = await addresses(study, vectors);
    const own = await encodings(sentences, vectors, quick, engine);
    const encoded = { ...own, contextual };
    await tick(0.1);
    const agreement = await agreements(encoded, study);
    await tick(0.6);
    const matrices = await correlations(encoded, rsa, study);
    await tick(0.75);
    const clauses = known(clausesOf(sentences), vectors);
    const finer = await agreements(await encodings(clauses, vectors, quick, engine), study);
    await tick(0.85);
    const classes = sentences.map(({ part }) => part);
    const flows = [];
    const segments = [];
    const wide = [];
    for (const points of Object.values(encoded)) {
      flows.push(await successiveCosine(points, {}, { engine, signal }));
      const run = { engine, signal, classes };
      segments.push(await segmentationError(points, {}, run));
      wide.push((await segmentationError(points, { window: 25 }, run)).value);
    }
    const planted = await plantedRuns(study);
    const run = { engine, signal, classes: planted.classes };
    const cut = await segmentationError(planted.points, {}, run);
    const found = await topicBoundaries(planted.points, {}, run);
    const flow = flows
      .map(({ value, null: law }) => ({ value, baseline: law?.high ?? Number.NaN }))
      .sort((a, b) => a.value - a.baseline - (b.value - b.baseline))[0];
    const series = flows.map(({ series }) => Float64Array.from(series?.y ?? []));
    const words = sentences.map(({ words }) => words.length);
    const shorter = words.slice(1).map((count, i) => Math.min(count, words[i]));
    const [glove, sif, lsa, grams, use] = segments.map(({ value }) => value);
    const { r, pairs } = agreement;
    const others = pairs.filter((name) => name !== 'glove sif').map((name) => r[name]);
    return {
      series: leastOf(agreement),
      highly: medianInPlace(Float64Array.from(Object.values(r))),
      matrices: leastOf(matrices),
      averages: { value: r['glove sif'], baseline: Math.max(...others) },
      common: {
        value: r['sif contextual'],
        baseline: r['glove contextual'],
      },
      range: { value: deviation(series[1]), baseline: deviation(series[0]) },
      flow,
      dips: acrossEnds(series, classes),
      addresses: {
        value: mean([glove, sif, lsa, grams, use]),
        baseline: mean(tabled(segments, 2)),
      },
      addressesEven: {
        value: mean([glove, sif, lsa, grams, use]),
        baseline: mean(tabled(segments, 1)),
      },
      planted: { value: cut.value, baseline: tabled([cut], 2)[0] },
      plantedEven: { value: cut.value, baseline: tabled([cut], 1)[0] },
      splitting: {
        value: mean(Object.values(finer.r)),
        baseline: mean(finer.pairs.map((name) => r[name])),
      },
      glove,
      sif,
      lsa,
      trigrams: grams,
      contextual: use,
      wide: mean(wide),
      lengthGlove: pearson(series[0], shorter),
      lengthContextual: pearson(series[4], shorter),
      found: found.value,
    };
  },
});

type Encoded = Readonly<Record<string, Matrix>>;

/** The sentences of this seed's part of the time, and their contextual embeddings. */
async function addresses({ seed, quick, data }: StudyContext, vectors: WordVectors) {
  const folder = await data.folder('inaugural-addresses');
  const bytes = await bytesOf(new URL('sentences.json.gz', folder));
  const all = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, string[]>;
  const names = Object.keys(all);
  const part = (seed - 1) % PARTS;
  const [from, to] = [part, part + 1].map((at) => Math.floor((at * names.length) / PARTS));
  const chosen = new Set(names.slice(from, quick ? from + 4 : to));
  const sentences = sentencesOf(all);
  const points = await quantizedVectors(new URL('vectors.i8', folder), sentences.length);
  const kept = new Set(known(sentences, vectors).filter((one) => chosen.has(one.part)));
  const rows = sentences.flatMap((one, i) => (kept.has(one) ? [i] : []));
  return { sentences: [...kept], contextual: gathered(points, rows) };
}

/** The sentences of which word vectors make something. */
function known(sentences: readonly Sentence[], vectors: WordVectors): Sentence[] {
  return sentences.filter(({ words }) => words.some((word) => vectors.has(word)));
}

async function encodings(
  sentences: readonly Sentence[],
  vectors: WordVectors,
  quick: boolean,
  engine: Engine,
): Promise<Encoded> {
  const d = quick ? 128 : 1024;
  return {
    glove: vectors.means(sentences, () => 1),
    sif: await smoothInverseFrequency(vectors, sentences, engine),
    lsa: await latentSemantics(sentences, d, quick ? 30 : 100, engine),
    trigrams: hashedFeatures(sentences, trigrams, d),
  };
}

/** The correlations of the series of every two encoders. */
function agreements(encoded: Encoded, study: StudyContext) {
  return correlations(encoded, seriesCorrelation, study);
}

async function correlations(
  encoded: Encoded,
  method: typeof seriesCorrelation | typeof rsa,
  { engine, signal, seed }: StudyContext,
) {
  const names = Object.keys(encoded);
  const r: Record<string, number> = {};
  const chance: Record<string, number> = {};
  for (const [i, a] of names.entries()) {
    for (const b of names.slice(i + 1)) {
      const pair = { a: encoded[a], b: encoded[b] };
      const found = await method(pair, {}, { engine, signal, seed });
      r[`${a} ${b}`] = found.value;
      chance[`${a} ${b}`] = found.null?.high ?? Number.NaN;
    }
  }
  return { r, chance, pairs: Object.keys(r) };
}

/** The pair that agrees least, beside what chance reaches there. */
function leastOf({ r, chance, pairs }: Awaited<ReturnType<typeof correlations>>) {
  const least = pairs.reduce((a, b) => (r[b] < r[a] ? b : a));
  return { value: r[least], baseline: chance[least] };
}

/** Mean cosine of successive sentences at the ends of addresses and elsewhere, over the encoders. */
function acrossEnds(series: readonly Float64Array[], classes: readonly string[]) {
  const isEnd = (i: number) => classes[i] !== classes[i + 1];
  const over = (ends: boolean) =>
    mean(series.map((y) => mean(Array.from(y).filter((_, i) => isEnd(i) === ends))));
  return { value: over(true), baseline: over(false) };
}

/** P_k in a line of the tables. */
function tabled(found: readonly { table?: readonly object[] }[], line: number): number[] {
  return found.map(({ table = [] }) => {
    const { P_k: error = Number.NaN } = table[line] as { readonly P_k?: number };
    return error;
  });
}

/** Runs of 10 to 30 package descriptions of one section, each unlike the one before. */
async function plantedRuns({ quick, random, data }: StudyContext) {
  const folder = quick ? undefined : await data.folder('package-descriptions');
  const { points, columns } = await loadPackageDescriptions(folder);
  const { section: names = [] } = columns ?? {};
  const section = Array.from(names, String);
  const bySection = new Map<string, number[]>();
  for (const [i, name] of section.entries())
    bySection.set(name, [...(bySection.get(name) ?? []), i]);
  const large = [...bySection.values()].filter(({ length }) => length >= 30);
  const rows = runs(large, random.fork('runs'));
  return { points: gathered(points, rows), classes: rows.map((i) => section[i]) };
}

function runs(large: readonly (readonly number[])[], random: Random): number[] {
  const rows: number[] = [];
  let last = -1;
  for (let s = 0; s < SEGMENTS; s++) {
    // Another section than the last one: a step of 1 to all but one.
    last =
      last < 0
        ? random.integer(large.length)
        : (last + 1 + random.integer(large.length - 1)) % large.length;
    const chosen = random.sample(large[last].length, 10 + random.integer(21));
    for (const i of chosen) rows.push(large[last][i]);
  }
  return rows;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function deviation(values: Float64Array): number {
  const middle = mean([...values]);
  return Math.sqrt(mean(Array.from(values, (x) => (x - middle) ** 2)));
}
