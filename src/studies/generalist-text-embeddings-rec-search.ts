import { gathered, toFloat32 } from '../core/matrix.ts';
import { spearman } from '../core/ranks.ts';
import * as papers from '../method/bibliography/papers.ts';
import { effectiveDimensionOf } from '../structures/spectra/effective-dimension.ts';
import {
  aboveBaseline,
  atLeast,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { recommendation } from './support/package-lists.ts';
import { drawnWith, loadPackageSearch, type PackageSearch } from './support/package-search.ts';
import { loadRequests } from './support/requests.ts';
import { hashedFeatures, latentSemantics, sentencesOf } from './support/text-encoders.ts';
import {
  type Asked,
  byCosine,
  byWords,
  type Encoder,
  encoderOf,
  gainInDirections,
  glove,
  parted,
} from './support/text-retrieval.ts';

/** The share of the variance that is kept. */
const KEPT = 0.95;
const SHARES = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];
/** Each seed asks with another fifth of the queries. */
const PARTS = 5;

export default defineStudy({
  paper: papers.generalistTextEmbeddingsRecSearch,
  methods: ['search/bm25', 'search/exact', 'metrics/effective-dimension'],
  claim:
    'General text vectors serve search and recommendation without any training for them, better than specialised ones; they spread their variance over many dimensions, and those that hold 95 % of it are enough.',
  data: [
    {
      name: 'Names and short descriptions of 20,000 packages with sentence embeddings, 512 dimensions: each seed searches 6,000 with 200 sentences of long descriptions; and 707 lists of packages that are recommended together, a fifth asked for',
      source:
        'Debian 12; Universal Sentence Encoder; study-data/package-descriptions, study-data/package-queries',
      licence: 'free metadata of Debian; encoder Apache-2.0',
    },
    {
      name: 'CLINC150: 4,000 requests to an assistant and 500 to ask with, 192 dimensions, judged by their intents',
      source: 'study-data/clinc150',
      licence: 'CC BY 3.0',
    },
    { name: 'GloVe, 31,636 words', source: 'dataset:glove', licence: 'PDDL 1.0' },
  ],
  quickSeeds: 2,
  lines: {
    requests: {
      claim:
        'For requests in other people’s words general vectors have a higher nDCG@10 than words: CLINC150',
      unit: '%',
      baseline: 'BM25',
      holds: aboveBaseline(),
    },
    sentences: {
      claim:
        'So they do for packages, asked for by a sentence of the long description without the name',
      unit: '%',
      baseline: 'BM25',
      holds: aboveBaseline(),
    },
    names: {
      claim: 'Asked for by exact title, their name, packages are better found by words',
      unit: '%',
      baseline: 'general vectors',
      holds: aboveBaseline(),
    },
    specialist: {
      claim:
        'General vectors find more than vectors of as many dimensions made from the collection itself: sentences',
      unit: '%',
      baseline: 'latent semantic analysis of the packages',
      holds: aboveBaseline(),
    },
    cold: {
      claim:
        'The mean of text vectors recommends packages that no list has yet, which ids cannot: nDCG@10',
      unit: '%',
      baseline: 'item–item cosines of lists',
      holds: aboveBaseline(),
    },
    coldWords: {
      claim: 'It recommends them better than their words do',
      unit: '%',
      baseline: 'BM25 with the texts of the list',
      holds: aboveBaseline(),
    },
    warm: {
      claim: 'Without training it is better than ids are for packages that the lists have: nDCG@10',
      unit: '%',
      baseline: 'item–item cosines of lists',
      holds: aboveBaseline(),
    },
    learned: {
      claim:
        'A trained recommender is better with text vectors than with ids in their place: all hidden packages',
      unit: '%',
      baseline: 'learned ids',
      holds: aboveBaseline(),
    },
    components: {
      claim:
        'On the components that hold 95 % of the variance nDCG@10 loses no more than one point: sentences',
      unit: '%',
      baseline: 'all 512 dimensions',
      holds: notBelowBaseline(0.01),
    },
    componentsRequests: {
      claim: 'Nor for requests',
      unit: '%',
      baseline: 'all 192 dimensions',
      holds: notBelowBaseline(0.01),
    },
    weaker: {
      claim: 'The weaker vectors gain by it: means of GloVe, sentences',
      unit: '%',
      baseline: 'all 100 dimensions',
      holds: aboveBaseline(),
    },
    spread: {
      claim:
        'General vectors spread 95 % of their variance over a larger share of their dimensions than the specialised',
      unit: '%',
      baseline: 'latent semantic analysis, 512 dimensions',
      holds: aboveBaseline(),
    },
    order: {
      claim:
        'That share orders four encoders as their nDCG@10 of sentences does: rank correlation 0.8 or more',
      holds: atLeast(0.8),
    },
  },
  readings: {
    general80: { title: 'Dimensions of 512 that hold 80 % of the variance: general vectors' },
    general95: { title: '95 % of it' },
    general100: { title: 'All of it' },
    glove95: { title: 'Dimensions of 100 that hold 95 %: means of GloVe' },
    semantics95: { title: 'Dimensions of 512 that hold 95 %: latent semantic analysis' },
    hashed95: { title: 'Dimensions of 1,024 that hold 95 %: hashed TF-IDF' },
    glove: { title: 'nDCG@10 of sentences: means of GloVe', unit: '%' },
    hashed: { title: 'nDCG@10 of sentences: hashed TF-IDF', unit: '%' },
    requestsGlove: { title: 'nDCG@10 of requests: means of GloVe', unit: '%' },
    coldLearned: {
      title: 'nDCG@10 of the packages in no list, learned map of text vectors',
      unit: '%',
    },
    coldShare: { title: 'Share of the hidden packages that no list has', unit: '%' },
    warmCounts: {
      title: 'nDCG@10 of the packages in lists, by how many lists have them',
      unit: '%',
    },
    allIds: { title: 'nDCG@10 of all hidden packages, item–item cosines', unit: '%' },
    allText: { title: 'nDCG@10 of all hidden packages, mean of text vectors', unit: '%' },
  },
  curves: {
    title: 'Share of the dimensions that hold a share of the variance',
    x: 'share of the variance',
    y: 'share of the dimensions',
  },
  deviations: [
    'Packages and requests in place of products: the paper’s collections have many gigabytes, and sets of ratings at hand may not be passed on.',
    'One sentence encoder of 2018 and means of word vectors in place of language models; latent semantic analysis of the collection, which has seen the queries, and TF-IDF in place of fine-tuned models.',
    'The sentences to ask with are by the packages’ maintainers and share words with the short descriptions, more than other people’s would.',
    'Components are about the mean row, so that cosines in them are, too.',
    'All documents are ranked, nDCG@10; the paper ranks one product among 50 drawn by chance, nDCG@100.',
    'Lists have no order: the recommender takes the mean of what is known and is trained to name another item, in place of SASRec and GRU4Rec; its rate for texts and for ids is the best of three on another seed.',
    'The lists are what packages recommend and suggest: maintainers chose them, often within one project.',
  ],
  async run(study) {
    const { quick, tick, data } = study;
    const all = await loadPackageSearch(data);
    const found = await packageSearch(all, study);
    await tick(0.5);
    const requests = await requestSearch(study);
    await tick(0.7);
    const recommended = await recommendation(all, quick, study);
    return { ...found, ...requests, ...recommended };
  },
});

async function packageSearch(all: PackageSearch, study: StudyContext) {
  const { quick, seed, random, engine } = study;
  const size = quick
    ? { documents: 300, columns: 64, rank: 16 }
    : { documents: 6000, columns: 1024, rank: 512 };
  const part = Int32Array.from(all.queries.packages.keys()).filter(
    (i) => i % PARTS === seed % PARTS && (!quick || i < 200),
  );
  const wanted = part.map((i) => all.queries.packages[i]);
  const rows = drawnWith(wanted, all.texts.length, size.documents, random.fork('packages'));
  const judgements = Array.from(wanted, (row, query) => ({
    query,
    document: rows.indexOf(row),
    relevance: 1,
  }));
  const of = (queries: readonly string[]): Asked => ({
    documents: Array.from(rows, (row) => all.texts[row]),
    queries: Array.from(part, (i) => queries[i]),
    judgements,
  });
  const [sentences, names] = [of(all.queries.sentences), of(all.queries.names)];
  const documents = toFloat32(gathered(all.points, rows));
  const general = { documents, queries: gathered(all.queries.sentenceVectors, part) };
  const named = { documents, queries: gathered(all.queries.nameVectors, part) };
  const texts = sentencesOf({ texts: [...sentences.documents, ...sentences.queries] });
  const hashed = hashedFeatures(texts, ({ words }) => words, size.columns);
  const encoders = {
    general,
    GloVe: await glove(sentences),
    'latent semantics': parted(
      await latentSemantics(texts, size.columns, size.rank, engine),
      rows.length,
    ),
    'TF-IDF': parted(hashed, rows.length),
  };
  const measured: Encoder[] = [];
  for (const vectors of Object.values(encoders))
    measured.push(await encoderOf(vectors, sentences, KEPT, study));
  const [first, weak, semantics, words] = measured;
  const cut = (encoder: Encoder) => gainInDirections(encoder, sentences, study);
  return {
    sentences: { value: first.gain, baseline: await byWords(sentences, study) },
    names: {
      value: await byWords(names, study),
      baseline: await byCosine(named, names, study),
    },
    specialist: { value: first.gain, baseline: semantics.gain },
    components: { value: await cut(first), baseline: first.gain },
    weaker: { value: await cut(weak), baseline: weak.gain },
    spread: { value: first.ofAll, baseline: semantics.ofAll },
    order: spearman(
      measured.map(({ ofAll }) => ofAll),
      measured.map(({ gain }) => gain),
    ),
    general80: effectiveDimensionOf(first.directions.values, 0.8),
    general95: first.k,
    general100: effectiveDimensionOf(first.directions.values, 1),
    glove95: weak.k,
    semantics95: semantics.k,
    hashed95: words.k,
    glove: weak.gain,
    hashed: words.gain,
    curves: Object.fromEntries(
      Object.keys(encoders).map((name, i) => [name, curveOf(measured[i])]),
    ),
  };
}

function curveOf({ directions: { values } }: Encoder) {
  return {
    x: SHARES,
    y: SHARES.map((share) => effectiveDimensionOf(values, share) / values.length),
  };
}

async function requestSearch(study: StudyContext) {
  const { quick, data, random } = study;
  const { train, test } = (await loadRequests(data)).inScope;
  const rows = random.fork('train').sample(train.labels.length, quick ? 600 : 4000);
  const asked = random.fork('test').sample(test.labels.length, quick ? 50 : 500);
  const judgements = Array.from(asked, (row, query) =>
    Array.from(rows.keys())
      .filter((document) => train.labels[rows[document]] === test.labels[row])
      .map((document) => ({ query, document, relevance: 1 })),
  ).flat();
  const texts: Asked = {
    documents: Array.from(rows, (row) => train.sentences[row]),
    queries: Array.from(asked, (row) => test.sentences[row]),
    judgements,
  };
  const general = {
    documents: gathered(train.vectors, rows),
    queries: gathered(test.vectors, asked),
  };
  const encoder = await encoderOf(general, texts, KEPT, study);
  return {
    requests: { value: encoder.gain, baseline: await byWords(texts, study) },
    componentsRequests: {
      value: await gainInDirections(encoder, texts, study),
      baseline: encoder.gain,
    },
    requestsGlove: await byCosine(await glove(texts), texts, study),
  };
}
