import { gathered, type Matrix, matrix, rows, toFloat64, zeros64 } from '../core/matrix.ts';
import { unitRows } from '../core/rows.ts';
import { localTopology } from '../families/metrics/index.ts';
import { loadGlove } from '../io/datasets/index.ts';
import { bytesOf } from '../io/datasets/quantized.ts';
import { readLabels } from '../io/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { aboveBaseline, defineStudy, type StudyContext } from './define.ts';
import { measuredAlone } from './support/measured.ts';
import { spanF1, TAGS, type TermSentence, taggedTerms } from './support/term-tagger.ts';
import { sentencesOf } from './support/text-encoders.ts';

const K = 32;
/** Concrete things: words of these domains are the terms to find. */
const TERMS = 'animal artifact body food location person plant substance'
  .split(' ')
  .map((name) => `noun.${name}`);
const SENTENCES = 1200;

export default defineStudy({
  paper: papers.localTopologyMeasuresContextualLm,
  part: 'tagger',
  methods: ['metrics/local-topology'],
  claim:
    'Beside the vector, descriptors of the topology of its neighbourhood help a tagger of sequences to find terms, also in domains that were not seen.',
  data: [
    {
      name: '1,200 sentences of inaugural addresses, drawn: 800 to learn from, 400 to tag',
      source: 'corpus inaugural of NLTK; study-data/inaugural-addresses',
      licence: 'public domain',
    },
    {
      name: 'GloVe 6B, 100 dimensions, the 20,000 most frequent words as datastore',
      source: 'data/glove-slice',
      licence: 'PDDL 1.0',
    },
    {
      name: 'Domains of words: the lexicographer files of WordNet 3.1',
      source: 'study-data/word-domains',
      licence: 'WordNet licence',
    },
  ],
  lines: {
    both: {
      claim: 'On unseen domains, F1 of vector and descriptors is above that of the vector',
      unit: '%',
      baseline: 'vector',
      holds: aboveBaseline(),
    },
    seen: {
      claim: 'On the domains seen, F1 of vector and descriptors is above that of the vector',
      unit: '%',
      baseline: 'vector',
      holds: aboveBaseline(),
    },
    frequency: {
      claim: 'On unseen domains, F1 of the descriptors alone is above that of word frequency',
      unit: '%',
      baseline: 'frequency',
      holds: aboveBaseline(),
    },
    alone: {
      claim: 'On the domains seen, F1 of the descriptors alone is above that of word frequency',
      unit: '%',
      baseline: 'frequency',
      holds: aboveBaseline(),
    },
    learned: {
      claim:
        'The tagger by vectors finds terms of unseen domains better than taking every word for one',
      unit: '%',
      baseline: 'every word a term',
      holds: aboveBaseline(),
    },
  },
  readings: {
    vectorSeen: { title: 'F1 of the vector on the domains seen', unit: '%' },
    topologyUnseen: { title: 'F1 of the descriptors alone on unseen domains', unit: '%' },
    terms: { title: 'Terms of unseen domains in the sentences tagged' },
  },
  deviations: [
    'Static vectors of words in sentences in place of token vectors of RoBERTa in dialogues; the tagger sees two words on each side.',
    'Terms are words for concrete things, four domains of WordNet to learn and four that are hidden while learning; runs of them are one term.',
    'Word frequency takes the place of a static topological tagger as baseline.',
  ],
  async run(study) {
    const { random, tick } = study;
    const task = await sentencesWithTerms(study);
    const order = random.fork('domains').sample(TERMS.length);
    const seen = new Set(Array.from(order.subarray(0, TERMS.length / 2), (i) => TERMS[i]));
    const isSeen = (kind: string) => seen.has(kind);
    const isUnseen = (kind: string) => !seen.has(kind);
    const features = await featuresOf(study, task);
    await tick(0.6);
    const scores: Record<string, { readonly seen: number; readonly unseen: number }> = {};
    for (const [name, table] of Object.entries(features)) {
      const found = await taggedTerms(study, table, task.known, isSeen, task.asked);
      scores[name] = {
        seen: spanF1(task.asked, found, isSeen),
        unseen: spanF1(task.asked, found, isUnseen),
      };
    }
    const every = task.asked.map(({ rows: own }) => new Int32Array(own.length).fill(TAGS.begin));
    const { vector, topology, both, frequency } = scores;
    return {
      both: { value: both.unseen, baseline: vector.unseen },
      seen: { value: both.seen, baseline: vector.seen },
      frequency: { value: topology.unseen, baseline: frequency.unseen },
      alone: { value: topology.seen, baseline: frequency.seen },
      learned: { value: vector.unseen, baseline: spanF1(task.asked, every, isUnseen) },
      vectorSeen: vector.seen,
      topologyUnseen: topology.unseen,
      terms: task.asked.flatMap(({ kinds }) => kinds).filter((kind) => kind && isUnseen(kind))
        .length,
    };
  },
});

interface Task {
  readonly points: Matrix;
  /** The row of `points` of each word that the sentences have. */
  readonly words: readonly number[];
  readonly known: readonly TermSentence[];
  readonly asked: readonly TermSentence[];
}

async function sentencesWithTerms({ data, random, quick }: StudyContext): Promise<Task> {
  const { points, labels = [] } = await loadGlove();
  const rowOf = new Map(labels.map((label, row) => [label, row]));
  const lines = await readLabels(new URL('domains.tsv', await data.folder('word-domains')));
  const domains = new Map(lines.map((line) => line.split('\t') as [string, string]));
  const bytes = await bytesOf(
    new URL('sentences.json.gz', await data.folder('inaugural-addresses')),
  );
  const all = sentencesOf(JSON.parse(new TextDecoder().decode(bytes)));
  const places = new Map<number, number>();
  const placeOf = (word: string) => {
    const row = rowOf.get(word);
    if (row === undefined) return -1;
    const place = places.get(row) ?? places.size;
    places.set(row, place);
    return place;
  };
  const count = quick ? 45 : SENTENCES;
  const sentences = Array.from(random.fork('sentences').sample(all.length, count), (i) => {
    const { words } = all[i];
    const kinds = words.map((word) => {
      const domain = domains.get(word);
      return domain !== undefined && TERMS.includes(domain) ? domain : undefined;
    });
    return { rows: Int32Array.from(words, placeOf), kinds };
  });
  const cut = Math.round((2 * count) / 3);
  const words = [...places.keys()];
  return { points, words, known: sentences.slice(0, cut), asked: sentences.slice(cut) };
}

/** What the tagger sees of each word: its vector, its descriptors, both, or how frequent it is. */
async function featuresOf(study: StudyContext, { points, words }: Task) {
  const datastore = rows(points, 0, study.quick ? 1000 : 20_000);
  const own = gathered(points, words);
  const facts = { exact: true, datastore };
  const { perRow = {} } = await measuredAlone(localTopology, own, { k: K }, study, facts);
  const columns = Object.values(perRow);
  const topology = matrix(
    Float64Array.from({ length: own.rows * columns.length }, (_, at) => {
      const value = columns[at % columns.length][Math.floor(at / columns.length)];
      return Number.isNaN(value) ? 0 : value;
    }),
    own.rows,
    columns.length,
  );
  const vector = toFloat64(unitRows('study', own).points);
  const both = zeros64(own.rows, vector.cols + topology.cols);
  for (let i = 0; i < own.rows; i++) {
    both.data.set(vector.data.subarray(i * vector.cols, (i + 1) * vector.cols), i * both.cols);
    both.data.set(
      topology.data.subarray(i * topology.cols, (i + 1) * topology.cols),
      i * both.cols + vector.cols,
    );
  }
  const frequency = matrix(
    Float64Array.from(words, (row) => Math.log(row + 1)),
    own.rows,
    1,
  );
  return { vector, topology, both, frequency };
}
