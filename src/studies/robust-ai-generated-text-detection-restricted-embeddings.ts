import { type ConceptProbe, probeConcept } from '../apps/explain/concept-probe.ts';
import { gathered, type Matrix } from '../core/matrix.ts';
import {
  conceptOf,
  coordinates,
  type Erased,
  type ErasureInput,
  inlp,
  leace,
  meanDifference,
} from '../families/erasure/index.ts';
import { loadGlove } from '../io/datasets/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atMost,
  belowBaseline,
  defineStudy,
  notAboveBaseline,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { loadRequests } from './support/requests.ts';
import { sentenceMeans } from './support/sentence-means.ts';
import { type Labels, transferGrid } from './support/transfer-grid.ts';

/** A sentence of more words is long: about half of them are. */
const LONG = 8;

export default defineStudy({
  paper: papers.robustAiGeneratedTextDetectionRestrictedEmbeddings,
  methods: ['erasure/leace', 'erasure/inlp', 'erasure/mean-difference', 'erasure/coordinates'],
  claim:
    'Taking concepts or coordinates out of embeddings leaves linear classifiers no trace of them, costs little of the rest, and makes classifiers carry over to other domains.',
  data: [
    {
      name: 'CLINC150: requests of 150 intents in 10 domains, as weighted means of GloVe vectors (100) and by the Universal Sentence Encoder lite (192)',
      source: 'https://github.com/clinc/oos-eval',
      licence: 'CC BY 3.0',
    },
  ],
  lines: {
    guarded: {
      claim:
        'After LEACE a linear probe names the domain of the rows fitted to no better than chance',
      unit: '%',
      baseline: 'the share of the most frequent domain',
      holds: notAboveBaseline(0.01),
    },
    heldOut: {
      claim: 'Nor does it name that of test sentences',
      unit: '%',
      holds: atMost(0.12),
    },
    intents: {
      claim: 'A probe names the intent of test sentences as before, within three points',
      unit: '%',
      baseline: 'vectors as they are',
      holds: notBelowBaseline(0.03),
    },
    distortion: {
      claim:
        'LEACE moves rows less than projecting class means or INLP out does: mean squared distance',
      baseline: 'the lesser of both',
      holds: belowBaseline(),
    },
    transfer: {
      claim:
        'Without the domain, a classifier of long sentences that saw one domain is right more often about the others',
      unit: '%',
      baseline: 'vectors as they are',
      holds: aboveBaseline(),
    },
    within: {
      claim: 'It loses no more than a point about its own domain',
      unit: '%',
      baseline: 'vectors as they are',
      holds: notBelowBaseline(0.01),
    },
    coordinates: {
      claim:
        'Columns removed by validation on other training domains make it right more often about other domains',
      unit: '%',
      baseline: 'vectors as they are',
      holds: aboveBaseline(),
    },
  },
  readings: {
    before: { title: 'Domains of test sentences named before', unit: '%' },
    neighborsBefore: { title: 'Domains named by ten neighbors before', unit: '%' },
    neighbors: { title: 'Domains named by ten neighbors after LEACE', unit: '%' },
    inlp: { title: 'Domains of test sentences named after INLP', unit: '%' },
    inlpIntents: { title: 'Intents named after INLP', unit: '%' },
    inlpTransfer: { title: 'Other domains after INLP', unit: '%' },
    inlpRank: { title: 'Dimensions that INLP takes out, of 100; LEACE 9' },
    removed: { title: 'Columns removed, of 100' },
    useBefore: { title: 'Sentence encoder: domains named before', unit: '%' },
    useAfter: { title: 'Sentence encoder: domains named after LEACE', unit: '%' },
    useIntentsBefore: { title: 'Sentence encoder: intents named before', unit: '%' },
    useIntentsAfter: { title: 'Sentence encoder: intents named after LEACE', unit: '%' },
    useTransferBefore: { title: 'Sentence encoder: other domains before', unit: '%' },
    useTransferAfter: { title: 'Sentence encoder: other domains after LEACE', unit: '%' },
  },
  deviations: [
    'Topics of requests and long sentences stand for topics and machine-made text, whose files are mostly missing; what is taken out is the domain itself, where the paper takes out probing tasks.',
    'Probes are logistic regression of at most 25 steps, and ridge regression for 150 intents.',
    'Coordinates are judged by squared error on other training domains; test sentences are not seen. No attention heads are pruned.',
  ],
  quickSeeds: 2,
  run: repeat,
});

async function repeat(study: StudyContext) {
  const { tick } = study;
  const { means, encoded, ...labels } = await requestsOf(study);
  const base = await judged(study, means, labels);
  await tick(0.2);
  const erased = async (method: typeof leace | typeof inlp | typeof meanDifference) => {
    const found = await filtered(study, method, means, labels);
    return { ...found, ...(await judged(study, found.points, labels)) };
  };
  const own = await erased(leace);
  await tick(0.4);
  const iterated = await erased(inlp);
  const projected = await filtered(study, meanDifference, means, labels);
  const fewer = await filtered(study, coordinates, means, labels, { transfer: true });
  await tick(0.6);
  const use = await judged(study, encoded, labels);
  const useFiltered = await filtered(study, leace, encoded, labels);
  const useErased = await judged(study, useFiltered.points, labels);
  const compared = (of: (judged: Judged) => number) => ({ value: of(own), baseline: of(base) });
  const moved = (points: Matrix) => meanSquaredDistance(means, points);
  return {
    guarded: { value: own.domain.training, baseline: largestShare(labels) },
    heldOut: own.domain.value,
    intents: compared(({ intent }) => intent),
    distortion: {
      value: moved(own.points),
      baseline: Math.min(moved(projected.points), moved(iterated.points)),
    },
    transfer: compared(({ across }) => across),
    within: compared(({ within }) => within),
    coordinates: {
      value: transferGrid(fewer.points, labels).across,
      baseline: base.across,
    },
    before: base.domain.value,
    neighborsBefore: base.domain.neighbors.value,
    neighbors: own.domain.neighbors.value,
    inlp: iterated.domain.value,
    inlpIntents: iterated.intent,
    inlpTransfer: iterated.across,
    inlpRank: iterated.rank,
    removed: fewer.rank,
    useBefore: use.domain.value,
    useAfter: useErased.domain.value,
    useIntentsBefore: use.intent,
    useIntentsAfter: useErased.intent,
    useTransferBefore: use.across,
    useTransferAfter: useErased.across,
  };
}

interface Sentences extends Labels {
  readonly domains: readonly string[];
  readonly intents: readonly string[];
}

/** Training sentences by chance, then test sentences; the same rows in both spaces. */
async function requestsOf({ data, quick, random }: StudyContext) {
  const { inScope, intents, domains, domainOf } = await loadRequests(data);
  const { train, test } = inScope;
  const count = quick ? { train: 200, test: 100 } : { train: 6000, test: 3000 };
  const chosen = [
    random.fork('train').sample(train.labels.length, count.train),
    random.fork('test').sample(test.labels.length, count.test),
  ];
  const parts = [train, test].map(({ sentences, labels, vectors }, at) => ({
    sentences: Array.from(chosen[at], (row) => sentences[row]),
    labels: Array.from(chosen[at], (row) => labels[row]),
    vectors: gathered(vectors, chosen[at]),
  }));
  const sentences = parts.flatMap((part) => part.sentences);
  const labels = parts.flatMap((part) => part.labels);
  const glove = await loadGlove();
  const places = Int32Array.from(sentences, (_, i) => i);
  const fitted = places.subarray(0, count.train);
  const d = train.vectors.cols;
  const encoded = new Float32Array(sentences.length * d);
  for (const [at, { vectors }] of parts.entries()) encoded.set(vectors.data, at * count.train * d);
  return {
    means: sentenceMeans(sentences, fitted, glove.labels ?? [], glove.points),
    encoded: { data: encoded, rows: sentences.length, cols: d },
    fitted,
    held: places.subarray(count.train),
    intents: labels.map((label) => intents[label]),
    domains: labels.map((label) => domains[domainOf[label]]),
    long: sentences.map((text) => text.split(' ').length > LONG),
  };
}

type Filtering = (
  input: ErasureInput,
  options?: Readonly<Record<string, unknown>>,
  run?: object,
) => Promise<Erased>;

/** All rows by a filter that saw the training rows alone. */
async function filtered(
  { engine, signal, seed }: StudyContext,
  method: typeof leace | typeof inlp | typeof meanDifference | typeof coordinates,
  points: Matrix,
  { fitted, domains, long }: Sentences,
  options: Readonly<Record<string, unknown>> = {},
) {
  const input = {
    points: gathered(points, fitted),
    classes: Array.from(fitted, (row) => domains[row]),
    kept: Array.from(fitted, (row) => (long[row] ? 'long' : 'short')),
  };
  const own = 'seed' in method.spec.options ? { ...options, seed } : options;
  const { model, rank } = await (method as Filtering)(input, own, { engine, signal });
  return { points: await method.transform(model, points, { engine, signal }), rank };
}

interface Judged {
  readonly domain: ConceptProbe;
  readonly intent: number;
  /** Shares of test sentences of other domains, and of its own, that a classifier of one domain is right about. */
  readonly across: number;
  readonly within: number;
}

async function judged(
  { engine }: StudyContext,
  points: Matrix,
  labels: Sentences,
): Promise<Judged> {
  const of = (names: readonly string[]) =>
    probeConcept(points, conceptOf('study', names, names.length), labels, engine);
  const { value: intent } = await of(labels.intents);
  return { domain: await of(labels.domains), intent, ...transferGrid(points, labels) };
}

/** Of the rows fitted to, those of the most frequent domain. */
function largestShare({ fitted, domains }: Sentences): number {
  const own = Array.from(fitted, (row) => domains[row]);
  const { counts } = conceptOf('study', own, own.length);
  return Math.max(...counts) / own.length;
}

function meanSquaredDistance({ data: x, rows: n }: Matrix, { data: y }: Matrix): number {
  let sum = 0;
  for (let e = 0; e < x.length; e++) sum += (x[e] - y[e]) ** 2;
  return sum / n;
}
