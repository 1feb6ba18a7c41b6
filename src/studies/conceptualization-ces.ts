import { gathered, type Matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { spearman } from '../core/ranks.ts';
import { concepts } from '../families/directions/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { rowDot } from '../numerics/rows/dot.ts';
import { unitOrZeroRows } from '../numerics/rows/unit-rows.ts';
import { meanOf } from '../numerics/statistics/averages.ts';
import { type Directions, sameProducts } from '../structures/directions/index.ts';
import {
  aboveBaseline,
  atLeast,
  atLeastTimesBaseline,
  defineStudy,
  type StudyContext,
} from './define.ts';
import { type Labeled, nearestProbe } from './support/class-probes.ts';
import { loadConceptNames, TOPICS } from './support/concept-names.ts';
import { leastSquaresProbe } from './support/least-squares-probe.ts';
import { loadRequests, type Requests } from './support/requests.ts';
import { loadWordTable, meansOf, wordSets } from './support/word-sets.ts';

const FULL = { train: 3000, test: 1000, triplets: 20_000, counts: [25, 50, 100, 200] };
const QUICK = { train: 200, test: 60, triplets: 1000, counts: [100] };
/** Concepts that the paper's raters were shown. */
const TOP = 3;
/** Neighbours, and concepts, by which two encoders are compared. */
const SHARED = 10;

export default defineStudy({
  paper: papers.conceptualizationCes,
  methods: ['directions/concepts'],
  claim:
    'Cosines to the names of concepts, embedded by the same model, keep what the vectors tell, agree with what a text is about, and show where two models differ.',
  data: [
    {
      name: 'CLINC150: requests to an assistant, by the lite Universal Sentence Encoder × 192',
      source: 'https://github.com/clinc/oos-eval',
      licence: 'CC BY 3.0',
    },
    {
      name: '1,446 frequent nouns in the tree of WordNet',
      source: 'https://wordnet.princeton.edu/',
      licence: 'WordNet 3.0',
    },
    {
      name: 'GloVe, means of words, as the other encoder',
      source: 'https://nlp.stanford.edu/projects/glove/',
      licence: 'PDDL 1.0',
    },
  ],
  quickSeeds: 1,
  lines: {
    intents: {
      claim: 'The five nearest requests name the intent at least 0.9 times as often by concepts',
      unit: '%',
      baseline: 'by the vectors',
      holds: atLeastTimesBaseline(0.9),
    },
    linear: {
      claim: 'A linear probe of the intent keeps at least 0.9 of its accuracy',
      unit: '%',
      baseline: 'on the vectors',
      holds: atLeastTimesBaseline(0.9),
    },
    grown: {
      claim: '100 concepts, grown where the requests are, keep 0.9 of the linear probe’s accuracy',
      unit: '%',
      baseline: 'on the vectors',
      holds: atLeastTimesBaseline(0.9),
    },
    grownRandom: {
      claim: 'The grown ones tell intents better than as many drawn from all',
      unit: '%',
      baseline: '100 concepts drawn, linear probe',
      holds: aboveBaseline(),
    },
    triplets: {
      claim: 'Which of two random requests is nearer to a third is the same in 80 % of the cases',
      unit: '%',
      holds: atLeast(0.8),
    },
    ofClass: {
      claim: 'Where one of the two is of the intent of the third, in 80 %',
      unit: '%',
      holds: atLeast(0.8),
    },
    topics: {
      claim:
        'One of the first three concepts is about the topic of the domain in half of the requests',
      unit: '%',
      baseline: 'the concepts of a request drawn from all',
      holds: atLeast(0.5),
    },
    topicsAboveChance: {
      claim: 'That is twice as often as for the concepts of another request',
      unit: '%',
      baseline: 'the concepts of a request drawn from all',
      holds: atLeastTimesBaseline(2),
    },
    models: {
      claim:
        'Requests of which two encoders share fewer neighbours share fewer concepts: rank correlation',
      holds: atLeast(0.2),
    },
  },
  readings: {
    tripletsAll: { title: 'Random triplets, coordinates less their means', unit: '%' },
    topicsLess: { title: 'First three about the topic, coordinates less their means', unit: '%' },
    sharedNeighbors: { title: 'Neighbours that the two encoders share, of ten', unit: '%' },
    sharedConcepts: { title: 'Concepts that they share, of ten', unit: '%' },
  },
  curves: {
    title: 'Linear probe of 150 intents on grown concepts',
    x: 'concepts',
    y: 'accuracy',
  },
  deviations: [
    'Requests of CLINC150 in place of AG News, and WordNet’s nouns in place of Wikipedia’s categories, whose graph is not public.',
    'Readers who judge the concepts are replaced by a list of names for each of six domains that have one topic, written before the concepts of test requests were looked at.',
    'The other encoder is the mean of GloVe’s words, for the requests as for the names.',
    'Sentences and names are cut to 192 numbers by the second moments of the sentences, which keep 86 % of the names’ squared length.',
  ],
  async run(study) {
    const { quick, random, engine, tick } = study;
    const size = quick ? QUICK : FULL;
    const requests = await loadRequests(study.data);
    const { names, parents, vectors } = await loadConceptNames(study.data);
    const draw = (own: Requests, label: string, count: number) => {
      const rows = random.fork(label).sample(own.labels.length, count).sort();
      return {
        points: gathered(own.vectors, rows),
        labels: Int32Array.from(rows, (row) => own.labels[row]),
        sentences: Array.from(rows, (row) => own.sentences[row]),
      };
    };
    const train = draw(requests.inScope.train, 'train', size.train);
    const test = draw(requests.inScope.test, 'test', size.test);
    const given = { names, points: vectors, parents };
    const named = async (count: number) =>
      (await concepts({ points: train.points, concepts: given }, { count }, { engine })).directions;
    const all = await named(0);
    const seen = async (directions: Pick<Directions, 'basis'>, own: Labeled): Promise<Labeled> => ({
      points: await sameProducts(directions, own.points, false, engine),
      labels: own.labels,
    });
    const linear = async (directions: Pick<Directions, 'basis'>) =>
      leastSquaresProbe(await seen(directions, train), await seen(directions, test));
    await tick(0.1);
    const plain = leastSquaresProbe(train, test);
    const curve: number[] = [];
    for (const count of size.counts) curve.push(await linear(await named(count)));
    await tick(0.5);
    const drawn = random.fork('concepts').sample(names.length, 100);
    const grown = curve[size.counts.indexOf(100)];
    const asked = await seen(all, test);
    const less = await sameProducts(all, test.points, true, engine);
    const triplets = (coordinates: Matrix, classes?: Int32Array) =>
      agreement(test.points, coordinates, size.triplets, random.fork('triplets'), classes);
    await tick(0.8);
    const byTopic = topicsOf(study, all, test, requests, false);
    return {
      intents: {
        value: await nearestProbe(await seen(all, train), asked, engine),
        baseline: await nearestProbe(train, test, engine),
      },
      linear: { value: await linear(all), baseline: plain },
      grown: { value: grown, baseline: plain },
      grownRandom: { value: grown, baseline: await linear({ basis: gathered(all.basis, drawn) }) },
      triplets: triplets(asked.points),
      ofClass: triplets(asked.points, test.labels),
      topics: byTopic,
      topicsAboveChance: byTopic,
      ...(await betweenModels(study, all, test)),
      tripletsAll: triplets(less),
      topicsLess: topicsOf(study, all, test, requests, true).value,
      curves: { grown: { x: size.counts, y: curve } },
    };
  },
});

/** How often coordinates say the same as vectors of which of two rows is nearer to a third; one of them of its class. */
function agreement(
  points: Matrix,
  coordinates: Matrix,
  count: number,
  random: Random,
  classes?: Int32Array,
): number {
  const [x, y] = [unitOrZeroRows(points).points, unitOrZeroRows(coordinates).points];
  const of = new Map<number, number[]>();
  for (const [row, own] of (classes ?? []).entries()) of.set(own, [...(of.get(own) ?? []), row]);
  let [agree, asked] = [0, 0];
  for (let t = 0; t < count; t++) {
    const [i, near, j] = random.sample(points.rows, 3);
    const alike = (classes && of.get(classes[i])) ?? [near];
    const k = alike[random.integer(alike.length)];
    if (k === i || k === j || (classes && classes[j] === classes[i])) continue;
    asked += 1;
    const byVectors = rowDot(x, i, x, k) - rowDot(x, i, x, j);
    const byNames = rowDot(y, i, y, k) - rowDot(y, i, y, j);
    if (byVectors > 0 === byNames > 0) agree += 1;
  }
  return agree / asked;
}

interface Asked extends Labeled {
  readonly sentences: readonly string[];
}

/** How often one of the first concepts is on the list of the request’s domain, and on that of another’s. */
function topicsOf(
  { random }: StudyContext,
  { basis, names }: Directions,
  { points, labels }: Asked,
  { domains, domainOf }: Awaited<ReturnType<typeof loadRequests>>,
  isLessMean: boolean,
) {
  const firsts = firstNames(basis, points, TOP, isLessMean);
  const rows = Array.from(labels.keys()).filter((row) => TOPICS[domains[domainOf[labels[row]]]]);
  const isAbout = (row: number, of: number) => {
    const topic = TOPICS[domains[domainOf[labels[row]]]];
    return Number(firsts[of].some((place) => topic.includes(names[place])));
  };
  const stream = random.fork('others');
  return {
    value: meanOf(rows.map((row) => isAbout(row, row))),
    baseline: meanOf(rows.map((row) => isAbout(row, stream.integer(points.rows)))),
  };
}

/** Places of the concepts of largest coordinate of each row. */
function firstNames(basis: Matrix, points: Matrix, top: number, isLessMean: boolean): number[][] {
  const [n, c] = [points.rows, basis.rows];
  const values = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: c }, (__, j) => rowDot(points, i, basis, j)),
  );
  const means = Float64Array.from({ length: c }, (_, j) =>
    isLessMean ? values.reduce((sum, own) => sum + own[j] / n, 0) : 0,
  );
  return values.map((own) =>
    [...own.keys()].sort((a, b) => own[b] - means[b] - (own[a] - means[a])).slice(0, top),
  );
}

/** Neighbours and concepts that two encoders share, request by request. */
async function betweenModels({ engine }: StudyContext, all: Directions, test: Asked) {
  const table = await loadWordTable();
  const embed = (texts: readonly string[]) =>
    unitOrZeroRows(meansOf(wordSets(texts, table))).points;
  const [points, names] = [embed(test.sentences), embed(all.names)];
  const neighbors = [
    await engine.nearest(unitOrZeroRows(test.points).points, SHARED),
    await engine.nearest(points, SHARED),
  ];
  const sharedOf = (a: ArrayLike<number>, b: ArrayLike<number>) => {
    const known = new Set(Array.from(a));
    return Array.from(b).filter((place) => known.has(place)).length / SHARED;
  };
  const list = (side: number, row: number) =>
    neighbors[side].indices.subarray(row * SHARED, (row + 1) * SHARED);
  const near = test.sentences.map((_, row) => sharedOf(list(0, row), list(1, row)));
  const [a, b] = [
    firstNames(all.basis, test.points, SHARED, false),
    firstNames(names, points, SHARED, false),
  ];
  const named = a.map((own, row) => sharedOf(own, b[row]));
  return {
    models: spearman(near, named),
    sharedNeighbors: meanOf(near),
    sharedConcepts: meanOf(named),
  };
}
