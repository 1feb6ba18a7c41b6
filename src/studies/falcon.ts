import {
  boxContainments,
  boxes,
  type ClassRelation,
  learnConcept,
  nearestMean,
} from '../families/classifiers/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { meanOf } from '../numerics/statistics/averages.ts';
import { aboveBaseline, atLeast, defineStudy, type StudyContext } from './define.ts';
import { chosenWords, f1Of, loadWordKinds, type WordKinds } from './support/word-kinds.ts';

type Boxes = Awaited<ReturnType<typeof boxes>>;

/** Kinds that are new, and share of the words of known kinds that are asked for. */
const [NEW, ASKED] = [6, 0.25];

export default defineStudy({
  paper: papers.falcon,
  methods: ['classifiers/boxes', 'classifiers/nearest-mean'],
  claim:
    'Concepts as boxes can be learned from one example or a few, and better with what they are related to.',
  data: [
    {
      name: 'Kinds of 455 words of GloVe, by WordNet',
      source: 'https://wordnet.princeton.edu',
      licence: 'WordNet',
    },
  ],
  lines: {
    relationsAtOne: {
      claim: 'From one example a box is better with what the kind is a kind of than without',
      unit: '%',
      baseline: 'Box without relations',
      holds: aboveBaseline(),
    },
    relationsAtFive: {
      claim: 'From five examples too',
      unit: '%',
      baseline: 'Box without relations',
      holds: aboveBaseline(),
    },
    boxAtOne: {
      claim: 'From one example a box without relations is better than the nearest class mean',
      unit: '%',
      baseline: 'Nearest class mean',
      holds: aboveBaseline(),
    },
    boxAtFive: {
      claim: 'From five examples too',
      unit: '%',
      baseline: 'Nearest class mean',
      holds: aboveBaseline(),
    },
    gain: {
      claim: 'Relations gain more at one example than at five',
      unit: '%',
      baseline: 'Gain at five examples',
      holds: aboveBaseline(),
    },
    implied: {
      claim: 'Of the pairs that follow from the relations of training boxes contain nine of ten',
      unit: '%',
      holds: atLeast(0.9),
    },
    order: {
      claim: 'Of these pairs and their reverses boxes get more right than a symmetric score can',
      unit: '%',
      baseline: 'Half, what cones and planes get at most',
      holds: aboveBaseline(),
    },
    emergent: {
      claim: 'Trained on words alone, boxes contain nine of ten of all pairs',
      unit: '%',
      holds: atLeast(0.9),
    },
  },
  readings: {
    none: { title: 'F1 of boxes from relations alone', unit: '%' },
    relationsAtThree: { title: 'F1 at three examples, box with relations', unit: '%' },
    boxAtThree: { title: 'F1 at three examples, box without relations', unit: '%' },
    meanAtThree: { title: 'F1 at three examples, nearest class mean', unit: '%' },
    known: { title: 'Known kinds named right by boxes', unit: '%' },
    knownByMeans: { title: 'Known kinds named right by the nearest class mean', unit: '%' },
  },
  deviations: [
    'Word vectors in place of images, WordNet’s hypernyms in place of the relations of CUB, CLEVR and GQA.',
    'New boxes are the likeliest under a normal prior fitted to known pairs, not what a graph network trained on episodes proposes.',
    'How the map starts, and that relations predict by least squares, was chosen on other splits of the same words.',
    'A word is found where the new box is likelier than the boxes of all known kinds.',
    'Cones and planes are not trained: their scores are the same both ways, which bounds them.',
  ],
  async run(study) {
    const { data, quick, seed, engine, tick } = study;
    const all = await loadWordKinds(data);
    const split = splitOf(study, all);
    const options = quick ? { seed, dim: 8, steps: 20 } : { seed };
    const about = { names: split.names, relations: split.relations };
    const input = { points: split.known.points, classes: split.known.kinds, about };
    const fitted = await boxes(input, options, { engine });
    await tick(0.2);
    const bare = await boxes(input, { ...options, containment: 0 }, { engine });
    await tick(0.4);
    const found = await fewShot(study, all, split, fitted);
    const pairs = impliedPairs(split.relations);
    const contained = await containedShares(fitted, pairs);
    const stated = split.relations.map(([from, , to]): [string, string] => [from, to]);
    const means = await nearestMean(
      { points: split.known.points, classes: split.known.kinds },
      { distance: 'cosine' },
    );
    const right = (classes: readonly string[]) =>
      classes.filter((name, i) => name === split.asked.kinds[i]).length / classes.length;
    const own = await boxes.predict(fitted.model, split.asked.points, { among: 'seen' });
    const byMeans = await nearestMean.predict(means.model, split.asked.points);
    return {
      relationsAtOne: { value: found.related[1], baseline: found.bare[1] },
      relationsAtFive: { value: found.related[5], baseline: found.bare[5] },
      boxAtOne: { value: found.bare[1], baseline: found.means[1] },
      boxAtFive: { value: found.bare[5], baseline: found.means[5] },
      gain: {
        value: found.related[1] - found.bare[1],
        baseline: found.related[5] - found.bare[5],
      },
      implied: contained.held,
      order: { value: contained.ordered, baseline: 0.5 },
      emergent: (await containedShares(bare, [...stated, ...pairs])).held,
      none: found.related[0],
      relationsAtThree: found.related[3],
      boxAtThree: found.bare[3],
      meanAtThree: found.means[3],
      known: right(own.classes),
      knownByMeans: right(byMeans.classes),
    };
  },
});

interface Split {
  readonly novel: readonly string[];
  readonly known: WordKinds;
  readonly asked: WordKinds;
  readonly names: readonly string[];
  /** Without the new kinds. */
  readonly relations: readonly ClassRelation[];
}

function splitOf(
  { quick, random }: StudyContext,
  all: WordKinds & { relations: readonly ClassRelation[] },
): Split {
  const related = new Set(all.relations.map(([from]) => from));
  const kinds = [...new Set(all.kinds)].filter((kind) => related.has(kind));
  const novel = Array.from(
    random.fork('new').sample(kinds.length, quick ? 2 : NEW),
    (at) => kinds[at],
  );
  const isNew = new Set(novel);
  const relations = all.relations.filter(([from]) => !isNew.has(from));
  const rows = [...all.kinds.keys()].filter((row) => !isNew.has(all.kinds[row]));
  const order = Array.from(random.fork('asked').sample(rows.length), (at) => rows[at]);
  const cut = Math.round(ASKED * rows.length);
  const known = chosenWords(
    all,
    order.slice(cut).toSorted((a, b) => a - b),
  );
  const names = new Set([...known.kinds, ...relations.flatMap(([from, , to]) => [from, to])]);
  const isKnown = new Set(known.kinds);
  const asked = order.slice(0, cut).filter((row) => isKnown.has(all.kinds[row]));
  return {
    novel,
    known,
    asked: chosenWords(
      all,
      asked.toSorted((a, b) => a - b),
    ),
    names: [...names],
    relations,
  };
}

/** F1 of new kinds by count of examples, averaged over the kinds. */
async function fewShot(
  { random, tick }: StudyContext,
  all: WordKinds & { relations: readonly ClassRelation[] },
  split: Split,
  { model }: Boxes,
) {
  const found = { related: new Map<number, number[]>(), bare: new Map(), means: new Map() };
  for (const [at, name] of split.novel.entries()) {
    const relations = all.relations.filter(([from]) => from === name);
    const rows = [...all.kinds.keys()].filter((row) => all.kinds[row] === name);
    const order = Array.from(random.fork(name).sample(rows.length), (place) => rows[place]);
    for (const k of [0, 1, 3, 5]) {
      const examples = chosenWords(all, order.slice(0, k));
      const others = chosenWords(all, order.slice(5));
      const put = (to: Map<number, number[]>, value: number) =>
        to.set(k, [...(to.get(k) ?? []), value]);
      const concept = { name, ...(k > 0 && { examples: examples.points }) };
      const score = async (learned: Boxes['model']) => f1OfBox(learned, others, split.asked);
      put(found.related, await score(await learnConcept(model, { ...concept, relations })));
      if (k === 0) continue;
      put(found.bare, await score(await learnConcept(model, concept)));
      put(found.means, await f1OfMean(split.known, examples, others, split.asked));
    }
    await tick(0.4 + (0.6 * (at + 1)) / split.novel.length);
  }
  const mean = (own: Map<number, number[]>): Record<number, number> =>
    Object.fromEntries([...own].map(([k, values]) => [k, meanOf(values)]));
  return { related: mean(found.related), bare: mean(found.bare), means: mean(found.means) };
}

/** Whether the last concept of the model is likelier than all kinds that rows have. */
async function f1OfBox(model: Boxes['model'], others: WordKinds, asked: WordKinds) {
  const answers = async ({ points }: WordKinds) => {
    const { scores, seen } = await boxes.scores(model, points);
    return Array.from({ length: scores.rows }, (_, i) => {
      const own = scores.data.subarray(i * scores.cols, (i + 1) * scores.cols);
      return own.subarray(0, seen).every((score) => score < own[scores.cols - 1]);
    });
  };
  const [inside, outside] = [await answers(others), await answers(asked)];
  return f1Of([...inside, ...outside], [...inside.map(() => true), ...outside.map(() => false)]);
}

async function f1OfMean(
  known: WordKinds,
  examples: WordKinds,
  others: WordKinds,
  asked: WordKinds,
) {
  const points = [known, examples].flatMap((own) => rowsOf(own));
  const classes = [...known.kinds, ...examples.kinds];
  const { model } = await nearestMean({ points, classes }, { distance: 'cosine' });
  const rows = [...rowsOf(others), ...rowsOf(asked)];
  const found = (await nearestMean.predict(model, rows)).classes;
  const [name] = examples.kinds;
  return f1Of(
    found.map((own) => own === name),
    [...others.kinds, ...asked.kinds].map((own) => own === name),
  );
}

const rowsOf = ({ points: { data, rows, cols } }: WordKinds): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));

/** "a is a kind of c" where it is not stated and follows from what is. */
function impliedPairs(relations: readonly ClassRelation[]): [string, string][] {
  const parents = (name: string) => relations.flatMap(([a, , b]) => (a === name ? [b] : []));
  const above = (name: string): string[] => parents(name).flatMap((own) => [own, ...above(own)]);
  return [...new Set(relations.map(([from]) => from))].flatMap((name) => {
    const direct = new Set(parents(name));
    return [...new Set(above(name))]
      .filter((own) => !direct.has(own))
      .map((own): [string, string] => [name, own]);
  });
}

/** Of pairs (inner, outer): those contained with probability above a half; and of them and their reverses those right. */
async function containedShares({ model }: Boxes, pairs: readonly (readonly [string, string])[]) {
  const { names, scores } = await boxContainments(model);
  const sure = (inner: string, outer: string) =>
    scores.data[names.indexOf(inner) * scores.cols + names.indexOf(outer)] > 0.5;
  const held = pairs.filter(([a, b]) => sure(a, b)).length;
  const reversed = pairs.filter(([a, b]) => sure(b, a)).length;
  return {
    held: held / pairs.length,
    ordered: (held + pairs.length - reversed) / (2 * pairs.length),
  };
}
