import { gathered, type Matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import {
  type Compatibility,
  classCodes,
  classifier,
  compatibility,
  compatibilityAmong,
  type VersionRows,
  verificationAccuracy,
} from '../families/learners/index.ts';
import type { Model } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atMost,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { loadRequests } from './support/requests.ts';

/** Intents that versions learn; of the others pairs are verified. */
const CLASSES = 100;
const KNOWN = [20, 40, 60, 80, 100];
const CLASSES_QUICK = 15;
const KNOWN_QUICK = [5, 10, 15];

const FULL = { classes: CLASSES, known: KNOWN, each: 20, pairs: 2000, hidden: 64, epochs: 10 };
const QUICK = {
  classes: CLASSES_QUICK,
  known: KNOWN_QUICK,
  each: 10,
  pairs: 400,
  hidden: 16,
  epochs: 3,
};

const COMMON = { learningRate: 0.01, batch: 64, heldOut: 0 } as const;

/** How a version comes from those before it. */
type Way = 'cores' | 'warm' | 'independent' | 'continued' | 'regrown' | 'random';

const INDEPENDENT = 'linear layers, versions trained independently';
const CONTINUED = 'linear layers, each version from the weights of the last';

export default defineStudy({
  paper: papers.coresCompatibleRepresentationsViaStationarity,
  methods: ['learners/classifier'],
  claim:
    'Encoders trained one after another, with more classes each time, against the same fixed simplex with places reserved for the classes to come give features that can be compared from version to version, at no cost in accuracy.',
  data: [
    {
      name: 'CLINC150: requests to an assistant, 150 intents, as sentence vectors of 192 dimensions',
      source: 'Larson et al. 2019; Universal Sentence Encoder lite, study-data/clinc150',
      licence: 'CC BY 3.0; encoder Apache-2.0',
    },
  ],
  lines: {
    independent: {
      claim: 'Over five versions AC is higher than of versions trained independently',
      unit: '%',
      baseline: INDEPENDENT,
      holds: aboveBaseline(),
    },
    none: {
      claim:
        'Versions trained independently are hardly ever compatible: their AC is at most a tenth',
      unit: '%',
      holds: atMost(0.1),
    },
    continued: {
      claim: 'AC is no lower than of a learned classifier that starts from the weights before',
      unit: '%',
      baseline: CONTINUED,
      holds: notBelowBaseline(0),
    },
    score: {
      claim: 'The mean verification over all pairs of versions (AM) is the higher',
      unit: '%',
      baseline: CONTINUED,
      holds: aboveBaseline(),
    },
    warm: {
      claim: 'Of versions that start from the weights before, AM is higher with the fixed simplex',
      unit: '%',
      baseline: CONTINUED,
      holds: aboveBaseline(),
    },
    self: {
      claim: 'The last version by itself verifies at most a point worse than one trained freely',
      unit: '%',
      baseline: 'linear layer, last version',
      holds: notBelowBaseline(0.01),
    },
    reserved: {
      claim:
        'Places reserved from the start make AC higher than a simplex that grows with the classes',
      unit: '%',
      baseline: 'simplex made anew for each version',
      holds: aboveBaseline(),
    },
    simplex: {
      claim: 'AM with a simplex is higher than with random vectors that stay',
      unit: '%',
      baseline: 'random code with reserved places',
      holds: aboveBaseline(),
    },
  },
  readings: {
    selfFirst: { title: 'Verification by the first version alone, fixed simplex', unit: '%' },
    crossOldest: {
      title: 'Queries of the last version in the gallery of the first, fixed simplex',
      unit: '%',
    },
    crossContinued: { title: 'The same from the weights before, linear layers', unit: '%' },
    crossIndependent: { title: 'The same, independent versions', unit: '%' },
    warmCompatibility: { title: 'AC, fixed simplex from the weights before', unit: '%' },
    independentScore: { title: 'AM, independent versions', unit: '%' },
    randomCompatibility: { title: 'AC, random code with reserved places', unit: '%' },
    threeSteps: { title: 'AC over three versions (20, 60, 100 intents), fixed simplex', unit: '%' },
    threeContinued: { title: 'AC over three versions, from the weights before', unit: '%' },
    twoSteps: { title: 'AC over two versions (20, 100 intents), fixed simplex', unit: '%' },
    twoContinued: { title: 'AC over two versions, from the weights before', unit: '%' },
  },
  curves: {
    title: 'Queries of the last version in the gallery of each',
    x: 'intents that the gallery’s version knew',
    y: 'accuracy of verification',
  },
  deviations: [
    'Intents on frozen sentence vectors and a network of one hidden layer, 64 wide, in place of CIFAR-100 and ResNets; as there, 100 classes in five steps of 20.',
    'The classes and their order, and the 50 that no version sees, are others in every repeat; 20 requests of each are trained on.',
    'Every version is trained on all its classes, anew but for the continued ones.',
    'Two and three versions are some of the five; of the continued ones they have the versions between in their past.',
    'Fixed heads classify by cosines times 16.',
    'Verification on 2,000 pairs of test requests of unseen intents, half of one intent; thresholds come from the other nine tenths of the pairs.',
    'Tried first, with one seed: Fashion-MNIST with MNIST, three classes more each time; there no way of training had one compatible pair.',
  ],
  async run(study) {
    const found = await measured(study);
    const { cores, warm, independent, continued, regrown, random } = found;
    const last = cores.scores.rows - 1;
    const row = ({ scores }: Compatibility) =>
      Array.from(scores.data.subarray(last * (last + 1), (last + 1) ** 2));
    const few = [0, Math.floor(last / 2), last];
    const ends = [0, last];
    const ac = (of: Compatibility, among: readonly number[]) =>
      compatibilityAmong(of, among).averageCompatibility;
    const x = (study.quick ? QUICK : FULL).known;
    return {
      independent: {
        value: cores.averageCompatibility,
        baseline: independent.averageCompatibility,
      },
      none: independent.averageCompatibility,
      continued: { value: cores.averageCompatibility, baseline: continued.averageCompatibility },
      score: { value: cores.averageScore, baseline: continued.averageScore },
      warm: { value: warm.averageScore, baseline: continued.averageScore },
      self: { value: row(cores)[last], baseline: row(independent)[last] },
      reserved: { value: cores.averageCompatibility, baseline: regrown.averageCompatibility },
      simplex: { value: cores.averageScore, baseline: random.averageScore },
      selfFirst: cores.scores.data[0],
      crossOldest: row(cores)[0],
      crossContinued: row(continued)[0],
      crossIndependent: row(independent)[0],
      warmCompatibility: warm.averageCompatibility,
      independentScore: independent.averageScore,
      randomCompatibility: random.averageCompatibility,
      threeSteps: ac(cores, few),
      threeContinued: ac(continued, few),
      twoSteps: ac(cores, ends),
      twoContinued: ac(continued, ends),
      curves: {
        'fixed simplex': { x, y: row(cores) },
        'from the weights before': { x, y: row(warm) },
        continued: { x, y: row(continued) },
        independent: { x, y: row(independent) },
        'growing simplex': { x, y: row(regrown) },
      },
    };
  },
});

async function measured(study: StudyContext): Promise<Record<Way, Compatibility>> {
  const { random, tick } = study;
  const { classes, pairs, known } = study.quick ? QUICK : FULL;
  const { train, test, intents } = await requestsOf(study);
  const order = random.fork('intents').sample(intents);
  const unseen = order.subarray(classes);
  const drawn = pairsOf(test.labels, unseen, pairs, random.fork('pairs'));
  const queries = gathered(test.vectors, drawn.queries);
  const gallery = gathered(test.vectors, drawn.gallery);
  const found = {} as Record<Way, Compatibility>;
  for (const [at, way] of (
    ['cores', 'warm', 'independent', 'continued', 'regrown', 'random'] as const
  ).entries()) {
    const versions: VersionRows[] = [];
    const models: Model[] = [];
    for (const count of known) {
      const taken = rowsOf(train.labels, order.subarray(0, count), study);
      const points = gathered(train.vectors, taken.rows);
      models.push(await version(way, { points, classes: taken.classes }, models, study));
      const [model] = models.slice(-1);
      const embedded = async (of: Matrix) =>
        (await classifier.embed(model, { points: of }, { engine: study.engine })).points;
      versions.push({ queries: await embedded(queries), gallery: await embedded(gallery) });
      await tick((at + versions.length / known.length) / 6);
    }
    found[way] = compatibility(versions, (q, g) => verificationAccuracy(q, g, drawn));
  }
  return found;
}

/** The next version of an encoder. All ways draw the same new start for a version, unless they keep the last weights. */
async function version(
  way: Way,
  examples: { readonly points: Matrix; readonly classes: readonly string[] },
  before: readonly Model[],
  { quick, seed, engine, signal }: StudyContext,
): Promise<Model> {
  const { classes, hidden, epochs } = quick ? QUICK : FULL;
  const options = { ...COMMON, dim: classes - 1, hidden, epochs, seed: 100 * seed + before.length };
  const reserve = classes - new Set(examples.classes).size;
  const run = { engine, signal };
  const last = before.at(-1);
  const fixed = async (head: 'simplex' | 'random', start?: Model) => {
    const own = last ? { head } : { head, reserve };
    const codes = last && classCodes(last);
    return classifier(examples, { ...options, ...own }, { ...run, codes, start });
  };
  const trained = () => {
    switch (way) {
      case 'cores':
        return fixed('simplex');
      case 'warm':
        return fixed('simplex', last);
      case 'random':
        return fixed('random');
      case 'regrown':
        return classifier(examples, { ...options, head: 'simplex' }, run);
      case 'independent':
        return classifier(examples, { ...options, head: 'softmax', reserve }, run);
      case 'continued':
        return classifier(
          examples,
          { ...options, head: 'softmax', reserve },
          { ...run, start: last },
        );
    }
  };
  return (await trained()).model;
}

async function requestsOf({ data, quick }: StudyContext) {
  const { intents, inScope } = await loadRequests(data);
  return { ...inScope, intents: quick ? 2 * CLASSES_QUICK : intents.length };
}

/** Requests of the classes, some of each; a class is named by its place in the order, so that new ones come last. */
function rowsOf(labels: Int32Array, classes: Int32Array, { quick }: StudyContext) {
  const { each } = quick ? QUICK : FULL;
  const counts = new Int32Array(labels.length);
  const rows = Array.from(labels.keys()).filter(
    (row) => classes.includes(labels[row]) && counts[labels[row]]++ < each,
  );
  const name = (row: number) => String(classes.indexOf(labels[row])).padStart(3, '0');
  return { rows, classes: rows.map(name) };
}

/** Pairs of requests of the classes: in every second both are of one class. */
function pairsOf(labels: Int32Array, classes: Int32Array, count: number, random: Random) {
  const byClass = Array.from(classes, (own) =>
    Array.from(labels.keys()).filter((row) => labels[row] === own),
  );
  const pick = (n: number) => Math.floor(random.uniform() * n);
  const queries: number[] = [];
  const gallery: number[] = [];
  const same = Array.from({ length: count }, (_, i) => i % 2 === 0);
  for (const isSame of same) {
    const a = pick(byClass.length);
    const b = isSame ? a : (a + 1 + pick(byClass.length - 1)) % byClass.length;
    const query = pick(byClass[a].length);
    const other = isSame
      ? (query + 1 + pick(byClass[b].length - 1)) % byClass[b].length
      : pick(byClass[b].length);
    queries.push(byClass[a][query]);
    gallery.push(byClass[b][other]);
  }
  return { queries, gallery, same };
}
