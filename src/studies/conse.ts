import { alike, gathered, type Matrix, matrix } from '../core/matrix.ts';
import { type ClassScores, classHits, conse, dem } from '../families/classifiers/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  belowBaseline,
  defineStudy,
  nearBaseline,
  type StudyContext,
} from './define.ts';
import { loadRequests } from './support/requests.ts';
import { rowsOfEach } from './support/unseen-intents.ts';
import { type ClassifiedRows, fewerOfEach, unseenNumberRows } from './support/unseen-numbers.ts';
import { loadWordTable, meansOf, wordSets } from './support/word-sets.ts';
import { cosines } from './support/zero-shot.ts';

const FULL = {
  numbers: { seen: 70, unseen: 30, each: 100, asked: 20, dim: 100 },
  requests: { seen: 100, unseen: 50, each: 20, asked: 30 },
  counts: [1, 3, 5, 10, 20],
  steps: 30,
};
const QUICK: typeof FULL = {
  numbers: { seen: 30, unseen: 10, each: 6, asked: 4, dim: 20 },
  requests: { seen: 20, unseen: 10, each: 6, asked: 6 },
  counts: [1, 3, 5, 10, 20],
  steps: 8,
};
const FEW = 5;

export default defineStudy({
  paper: papers.conse,
  methods: ['classifiers/conse', 'classifiers/dem'],
  claim:
    'An ordinary classifier and the word vectors of its labels are enough to name classes it never saw, better than a projection that is learned.',
  data: [
    {
      name: 'MNIST, two digits side by side: 70 numbers with 100 images each to learn from, 30 others to recognise; another split each repeat',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
    {
      name: 'CLINC150: 20 requests of each of 100 intents to learn from, 30 of each of 50 others to recognise; frozen sentence vectors',
      source: 'study-data/clinc150',
      licence: 'CC BY 3.0',
    },
    {
      name: 'GloVe 6B, 100 dimensions: the mean vector of the words of each intent’s name',
      source: 'data/glove-slice',
      licence: 'PDDL 1.0',
    },
  ],
  lines: {
    rise: {
      claim:
        'With ten classes that count unseen numbers are named 40 points more often than with one',
      unit: '%',
      baseline: 'T = 1',
      holds: aboveBaseline(0.4),
    },
    saturation: {
      claim: 'With twenty it is within 3 points of ten',
      unit: '%',
      baseline: 'T = 10',
      holds: nearBaseline(0.03),
    },
    five: {
      claim: 'The number is among the five best of thirty in 90 of 100',
      unit: '%',
      holds: atLeast(0.9),
    },
    few: {
      claim:
        'With 5 images of each number and lit segments as meanings it names fewer than a model trained into the visual space',
      unit: '%',
      baseline: 'deep embedding model (dem)',
      holds: belowBaseline(),
    },
    names: {
      claim: 'Unseen intents are named more often than by the mean word vector of the request',
      unit: '%',
      baseline: 'nearest name of the request’s mean word vector',
      holds: aboveBaseline(),
    },
    namesInFive: {
      claim: 'The intent is more often among the five best than by the mean word vector',
      unit: '%',
      baseline: 'nearest name of the request’s mean word vector',
      holds: aboveBaseline(),
    },
    projection: {
      claim:
        'Unseen intents are named more often than by a learned linear projection to word vectors',
      unit: '%',
      baseline: 'ridge from sentence vectors to word vectors',
      holds: aboveBaseline(),
    },
  },
  readings: {
    ten: { title: 'Unseen numbers, one-hot digits as meanings, T = 10', unit: '%' },
    visual: { title: 'The same by the deep embedding model, trained as long', unit: '%' },
    chanceOfNumbers: { title: 'Chance, numbers', unit: '%' },
    chanceOfIntents: { title: 'Chance, intents', unit: '%' },
  },
  curves: {
    title: 'Unseen numbers named, by classes that count (T)',
    x: 'T',
    y: 'mean class accuracy',
    logX: true,
  },
  deviations: [
    'Logistic regression on 100 principal components and on frozen sentence vectors is the classifier, in place of a convolutional network of 1,000 ImageNet classes; its search ends after 30 steps.',
    'The study was run with three repeats first and then with the usual five, the rules unchanged: three told little of the intents.',
    'The learned projection is a ridge regression; the paper compares with DeViSE, whose ranking loss and word vectors are not to be had.',
  ],
  async run(study) {
    const { quick, engine, tick, seed } = study;
    const size = quick ? QUICK : FULL;
    const set = await unseenNumberRows(study, size.numbers);
    const base = { scaled: false, steps: size.steps };
    const oneHot = { names: set.names, vectors: set.oneHot };
    const { model } = await conse({ ...set.train, about: oneHot }, base, { engine });
    await tick(0.5);
    const curve: ClassScores[] = [];
    for (const count of size.counts) {
      const settings = { ...model.settings, count };
      curve.push(await conse.scores({ ...model, settings }, set.unseen.points, { engine }));
    }
    const hits = (scores: ClassScores, rows: ClassifiedRows, k = 1) =>
      classHits(scores, rows.classes, { among: 'unseen', k }).value;
    const y = curve.map((scores) => hits(scores, set.unseen));
    const trained = { steps: quick ? 50 : 1000, seed };
    const demOn = async (train: ClassifiedRows, vectors: Matrix) => {
      const about = { names: set.names, vectors };
      const fitted = await dem({ ...train, about }, trained, { engine });
      return hits(await dem.scores(fitted.model, set.unseen.points, { engine }), set.unseen);
    };
    const few = fewerOfEach(set.train, FEW);
    const bySegments = { names: set.names, vectors: set.segments };
    const ofFew = await conse({ ...few, about: bySegments }, base, { engine });
    const fewScores = await conse.scores(ofFew.model, set.unseen.points, { engine });
    await tick(0.7);
    const intents = await intentHits(study, size.requests, base);
    return {
      rise: { value: y[3], baseline: y[0] },
      saturation: { value: y[4], baseline: y[3] },
      five: hits(curve[3], set.unseen, 5),
      few: { value: hits(fewScores, set.unseen), baseline: await demOn(few, set.segments) },
      names: { value: intents.conse[0], baseline: intents.words[0] },
      namesInFive: { value: intents.conse[1], baseline: intents.words[1] },
      projection: { value: intents.conse[0], baseline: intents.ridge[0] },
      ten: y[3],
      visual: await demOn(set.train, set.oneHot),
      chanceOfNumbers: 1 / size.numbers.unseen,
      chanceOfIntents: 1 / size.requests.unseen,
      curves: { 'one-hot digits, 70 numbers seen': { x: size.counts, y } },
    };
  },
});

/** Shares of requests of unseen intents whose intent is named, alone and among five. */
async function intentHits(
  { data, random, engine }: StudyContext,
  size: typeof FULL.requests,
  base: { readonly scaled: boolean; readonly steps: number },
) {
  const set = await loadRequests(data);
  const order = random.fork('intents').sample(set.intents.length, size.seen + size.unseen);
  const [seen, unseen] = [order.subarray(0, size.seen), order.subarray(size.seen)];
  const { train, test } = set.inScope;
  const known = rowsOfEach(train.labels, seen, size.each);
  const asked = rowsOfEach(test.labels, unseen, size.asked);
  const named = (labels: Int32Array, rows: readonly number[]) =>
    rows.map((row) => set.intents[labels[row]]);
  const classes = named(test.labels, asked);
  const table = await loadWordTable();
  const names = Array.from(order, (c) => set.intents[c]);
  const meanings = meansOf(
    wordSets(
      names.map((name) => name.replaceAll('_', ' ')),
      table,
    ),
  );
  const about = { names, vectors: alike(meanings, matrix(new Float64Array(1), 1, 1)) };
  const input = {
    points: gathered(train.vectors, known),
    classes: named(train.labels, known),
    about,
  };
  const rows = gathered(test.vectors, asked);
  const hits = (scores: ClassScores) =>
    [1, 5].map((k) => classHits(scores, classes, { among: 'unseen', k }).value);
  const convex = await conse(input, base, { engine });
  const ridge = await dem(input, { map: 'ridge', direction: 'semantic' }, { engine });
  const words = meansOf(
    wordSets(
      asked.map((row) => test.sentences[row]),
      table,
    ),
  );
  const {
    data: own,
    rows: n,
    cols,
  } = await cosines({ rows: words, prototypes: meanings }, { engine });
  const direct = { names, seen: size.seen, scores: matrix(Float64Array.from(own), n, cols) };
  return {
    conse: hits(await conse.scores(convex.model, rows, { engine })),
    ridge: hits(await dem.scores(ridge.model, rows, { engine })),
    words: hits(direct),
  };
}
