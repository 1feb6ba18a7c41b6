import { evaluateSearch } from '../apps/verbs/evaluate-search.ts';
import { buildIndex, type Corpus } from '../apps/verbs/search.ts';
import { spearman } from '../core/ranks.ts';
import { exact, fixedEncodings, maxSim } from '../families/search/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atMostTimesBaseline,
  belowBaseline,
  defineStudy,
  nearBaseline,
  type StudyContext,
} from './define.ts';
import { type CutSentences, cutSentences } from './support/cut-sentences.ts';
import { loadAddresses } from './support/texts.ts';
import { loadWordTable, meansOf, type WordSets, wordSets } from './support/word-sets.ts';

/** True answers that candidates are to hold. */
const K = 10;
/** Documents that are scored exactly. */
const CANDIDATES = 100;
const REPETITIONS = [1, 5, 10, 20];
const BITS = 4;
/** Documents that each word of a query brings, one by one. */
const OF_A_WORD = 400;
const DEPTHS = [10, 20, 50, 100, 200, 500];

export default defineStudy({
  paper: papers.muveraMultiVectorRetrievalFixedDimensionalEncodings,
  methods: ['search/fde', 'search/max-sim', 'search/exact'],
  claim:
    'One long vector a document, made without training, brings the documents of the largest Chamfer similarity among few candidates: fewer than the neighbours of single tokens need, and after exact scoring nothing is lost.',
  data: [
    {
      name: '1,500 paragraphs of addresses on the state of the union; 150 sentences cut out of them ask for theirs',
      source: 'study-data/state-of-the-union',
      licence: 'public domain',
    },
    { name: 'GloVe, 31,636 words', source: 'dataset:glove', licence: 'PDDL 1.0' },
  ],
  lines: {
    order: {
      claim: 'Twenty repetitions order documents more like Chamfer than one does: Spearman',
      baseline: 'one repetition',
      holds: aboveBaseline(),
    },
    pooling: {
      claim: 'They order them more like Chamfer than the mean of the vectors does',
      baseline: 'mean pooling',
      holds: aboveBaseline(),
    },
    bias: {
      claim:
        'The estimate is too low, and less so with 7 bits than with 1: share of Chamfer missed',
      unit: '%',
      baseline: '1 bit',
      holds: belowBaseline(),
    },
    found: {
      claim: 'The first 100 by encodings hold more of Chamfer’s first ten',
      unit: '%',
      baseline: 'mean pooling',
      holds: aboveBaseline(),
    },
    fewer: {
      claim: 'Encodings need at most half of the candidates for 90 % of Chamfer’s first ten',
      baseline: 'neighbours of each word in turn',
      holds: atMostTimesBaseline(0.5),
    },
    reranked: {
      claim: 'After 100 exact scores nDCG@10 is within a point of that after scoring all',
      unit: '%',
      baseline: 'Chamfer with every document',
      holds: nearBaseline(0.01),
    },
    chamfer: {
      claim:
        'Sets of word vectors find the paragraph of a sentence better than their means: nDCG@10',
      unit: '%',
      baseline: 'mean pooling',
      holds: aboveBaseline(),
    },
  },
  readings: {
    fiveOrder: { title: 'Spearman with Chamfer, 5 repetitions' },
    tenOrder: { title: 'Spearman with Chamfer, 10 repetitions' },
    oneFound: { title: 'Chamfer’s first ten among the first 100, 1 repetition', unit: '%' },
    fiveFound: { title: 'The same with 5 repetitions', unit: '%' },
    wordsFound: { title: 'The same with the neighbours of each word in turn', unit: '%' },
    poolingNeeds: { title: 'Candidates that mean pooling needs for 90 %' },
    usualFound: {
      title: 'Chamfer’s first ten among the first 100 of the index’s defaults (10,240 numbers)',
      unit: '%',
    },
  },
  curves: {
    title: 'Chamfer’s first ten among the first candidates',
    x: 'candidates',
    y: 'share found',
    logX: true,
  },
  quickSeeds: 2,
  deviations: [
    'GloVe’s static word vectors, centered and of length 1, in place of the tokens of ColBERT: a word is the same wherever it stands.',
    'Paragraphs and sentences cut out of them in place of BEIR: the texts of CACM, which a trial used, come without a licence to copy.',
    'Four hyperplanes and no inner projection where repetitions are compared; the index’s own settings are 20 repetitions, 5 hyperplanes and 16 numbers a bucket.',
    'Candidates by exact inner products of the encodings, not by an approximate index; times are not measured.',
  ],
  async run(study) {
    const { quick, data, engine, signal, tick, seed } = study;
    const texts = (await loadAddresses(data)).values();
    const size = quick ? { documents: 120, queries: 12 } : { documents: 1500, queries: 150 };
    const task = cutSentences(texts, size, study.random);
    const table = await loadWordTable();
    const documents = wordSets(task.documents, table);
    const queries = wordSets(task.queries, table);
    const run = { engine, signal };
    const { index } = await maxSim(documents, {}, run);
    const truth = everyScore(await maxSim.search(index, queries, { k: size.documents }, run));
    await tick(0.1);
    const means = await pooled(documents, queries, study);
    const words = await ofWordsInTurn(documents, queries, study);
    await tick(0.3);
    const encoded = new Map<number, Scores>();
    for (const repetitions of REPETITIONS) {
      const options = { repetitions, bits: BITS, projectionDim: 0, seed };
      encoded.set(repetitions, await products(documents, queries, options, study));
      await tick(0.3 + 0.4 * (encoded.size / REPETITIONS.length));
    }
    const missed = [];
    for (const bits of [1, 7]) {
      const options = { repetitions: 1, bits, projectionDim: 0, seed };
      missed.push(shareMissed(await products(documents, queries, options, study), truth));
    }
    await tick(0.8);
    const [one, five, ten, twenty] = REPETITIONS.map((r) => encoded.get(r) as Scores);
    const first = truth.map((own) => ordered(own).slice(0, K));
    const [byOne, byFive, byTwenty, byMean] = [one, five, twenty, means].map((scores) =>
      placesIn(scores.map(ordered), first),
    );
    const byWords = placesIn(words, first);
    const usual = await products(documents, queries, { seed }, study);
    const judged = await allNdcg(task, documents, queries, study);
    return {
      order: { value: agreement(twenty, truth), baseline: agreement(one, truth) },
      pooling: { value: agreement(twenty, truth), baseline: agreement(means, truth) },
      bias: { value: missed[1], baseline: missed[0] },
      found: { value: foundIn(byTwenty, CANDIDATES), baseline: foundIn(byMean, CANDIDATES) },
      fewer: { value: needed(byTwenty), baseline: needed(byWords) },
      reranked: { value: judged.fde, baseline: judged.chamfer },
      chamfer: { value: judged.chamfer, baseline: judged.pooled },
      fiveOrder: agreement(five, truth),
      tenOrder: agreement(ten, truth),
      oneFound: foundIn(byOne, CANDIDATES),
      fiveFound: foundIn(byFive, CANDIDATES),
      wordsFound: foundIn(byWords, CANDIDATES),
      poolingNeeds: needed(byMean),
      usualFound: foundIn(placesIn(usual.map(ordered), first), CANDIDATES),
      curves: {
        '20 repetitions': curveOf(byTwenty),
        '1 repetition': curveOf(byOne),
        'each word in turn': curveOf(byWords),
        'mean pooling': curveOf(byMean),
      },
    };
  },
});

/** For each query a number for each document. */
type Scores = readonly Float64Array[];

interface Listed {
  readonly rows: Int32Array;
  readonly scores: Float64Array;
  readonly scanned: Float64Array;
}

/** Scores by document, from lists of all documents. */
function everyScore({ rows, scores, scanned }: Listed): Scores {
  const n = rows.length / scanned.length;
  return Array.from(scanned, (_, q) => {
    const own = new Float64Array(n);
    for (let at = q * n; at < (q + 1) * n; at++) own[rows[at]] = scores[at];
    return own;
  });
}

/** Cosines of the means. */
async function pooled(
  documents: WordSets,
  queries: WordSets,
  { engine, signal }: StudyContext,
): Promise<Scores> {
  const run = { engine, signal };
  const points = meansOf(documents);
  const { index } = await exact({ points }, {}, run);
  return everyScore(
    await exact.search(index, { points: meansOf(queries) }, { k: points.rows }, run),
  );
}

type EncodingOptions = NonNullable<Parameters<typeof fixedEncodings>[2]>;

/** Products of encodings. */
async function products(
  documents: WordSets,
  queries: WordSets,
  options: EncodingOptions,
  { engine, signal }: StudyContext,
): Promise<Scores> {
  const run = { engine, signal };
  const held = await fixedEncodings(documents, 'document', options, run);
  const asked = await fixedEncodings(queries, 'query', options, run);
  const { data, rows, cols } = await engine.matmul(asked, held, true, { signal });
  return Array.from({ length: rows }, (_, q) =>
    Float64Array.from(data.subarray(q * cols, (q + 1) * cols)),
  );
}

/** The documents whose vectors lie nearest to the first, second, … word of a query, these words taken in turn. */
async function ofWordsInTurn(
  documents: WordSets,
  { points, offsets }: WordSets,
  { engine, signal }: StudyContext,
): Promise<readonly Int32Array[]> {
  const run = { engine, signal };
  const { index } = await maxSim(documents, {}, run);
  const k = Math.min(index.n, OF_A_WORD);
  const { rows } = await maxSim.search(index, { points }, { k }, run);
  return Array.from({ length: offsets.length - 1 }, (_, q) => {
    const taken = new Set<number>();
    for (let place = 0; place < k; place++)
      for (let word = offsets[q]; word < offsets[q + 1]; word++) taken.add(rows[word * k + place]);
    return Int32Array.from(taken);
  });
}

/** Documents in falling order of their scores, equal ones by lower number. */
function ordered(scores: Float64Array): Int32Array {
  return Int32Array.from(scores.keys()).sort((i, j) => scores[j] - scores[i] || i - j);
}

/** The places of the true answers in each list, from 0, ascending over all queries; Infinity where one is missing. */
function placesIn(lists: readonly Int32Array[], first: readonly Int32Array[]): Float64Array {
  const all = lists.flatMap((list, q) => {
    const placeOf = new Map(Array.from(list, (document, place) => [document, place]));
    return Array.from(first[q], (document) => placeOf.get(document) ?? Infinity);
  });
  return Float64Array.from(all).sort();
}

function foundIn(places: Float64Array, count: number): number {
  return places.filter((place) => place < count).length / places.length;
}

/** Candidates that hold nine tenths of the true answers. */
function needed(places: Float64Array): number {
  return places[Math.ceil(0.9 * places.length) - 1] + 1;
}

const curveOf = (places: Float64Array) => ({
  x: DEPTHS,
  y: DEPTHS.map((count) => foundIn(places, count)),
});

/** Mean over the queries of Spearman's correlation of two orders of all documents. */
function agreement(a: Scores, b: Scores): number {
  return a.reduce((sum, own, q) => sum + spearman(own, b[q]), 0) / a.length;
}

/** Mean over pairs of what the estimate lacks, as a share of the exact score. */
function shareMissed(estimates: Scores, truth: Scores): number {
  let [sum, count] = [0, 0];
  for (const [q, own] of truth.entries()) {
    for (const [i, score] of own.entries()) sum += (score - estimates[q][i]) / score;
    count += own.length;
  }
  return sum / count;
}

/** nDCG@10 of the paragraph that each sentence was cut out of. */
async function allNdcg(
  { judgements }: CutSentences,
  documents: WordSets,
  queries: WordSets,
  { engine, signal, seed }: StudyContext,
) {
  const run = { engine, signal };
  const ndcgOf = async (id: string, corpus: Corpus, asked: Corpus, effort?: number) => {
    const options = id === 'fde' ? { seed } : {};
    const { index } = await buildIndex(corpus, id, options, run);
    const how = { cutoffs: [K], effort };
    return (await evaluateSearch({ ...index, id }, asked, judgements, how, run)).ndcgAt10.value;
  };
  return {
    chamfer: await ndcgOf('max-sim', documents, queries),
    fde: await ndcgOf('fde', documents, queries, CANDIDATES),
    pooled: await ndcgOf('exact', { points: meansOf(documents) }, { points: meansOf(queries) }),
  };
}
