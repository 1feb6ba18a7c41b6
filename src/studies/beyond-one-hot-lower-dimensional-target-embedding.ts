import { bestCode } from '../families/codes/index.ts';
import { type ClassCodes, classCodes, classifier } from '../families/learners/index.ts';
import type { Model } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  belowBaseline,
  type Curve,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { classScores, largestPlaces } from './support/class-scores.ts';
import { type Asked, askedOf } from './support/intents.ts';
import { loadRequests } from './support/requests.ts';

const FULL = { intents: 150, each: 40, tested: 10, few: 16, many: 32, epochs: 10, hidden: 128 };
const QUICK = { intents: 12, each: 10, tested: 5, few: 4, many: 6, epochs: 10, hidden: 32 };

/** Scale of the cosines as in the pilot on other intents; the learning rate is one of two that the one-hot head liked. */
const COMMON = { scale: 16, batch: 128, learningRate: 0.01, heldOut: 0 } as const;
/** Times an epoch that the accuracy is taken. */
const LOOKS = 3;
/** The share of the final accuracy of the one-hot head that counts as there. */
const THERE = 0.95;

interface Trained {
  readonly model: Model;
  readonly accuracy: number;
  /** Epochs to the first look that is there; all of them where none is. */
  readonly epochs: number;
  /** Share of the mistakes that stay in the domain of the intent. */
  readonly nearMistakes: number;
  readonly curve: Curve;
}

const ONE_HOT = 'one-hot targets (softmax)';

export default defineStudy({
  paper: papers.beyondOneHotLowerDimensionalTargetEmbedding,
  methods: ['learners/classifier', 'codes/affinity-code', 'codes/best-code'],
  claim:
    'Codes of far fewer dimensions than classes can stand for one-hot targets: random ones already train faster, those of class similarities (eigen) keep more of the accuracy.',
  data: [
    {
      name: 'CLINC150: requests to an assistant, 150 intents in 10 domains, as sentence vectors of 192 dimensions',
      source: 'Larson et al. 2019; Universal Sentence Encoder lite, study-data/clinc150',
      licence: 'CC BY 3.0; encoder Apache-2.0',
    },
  ],
  lines: {
    randomFaster: {
      claim: 'Random codes of 32 dimensions are at 95 % of the final one-hot accuracy sooner',
      unit: 'epochs',
      baseline: ONE_HOT,
      holds: belowBaseline(),
    },
    eigenFaster: {
      claim: 'Eigen codes of 32 dimensions are at 95 % of the final one-hot accuracy sooner',
      unit: 'epochs',
      baseline: ONE_HOT,
      holds: belowBaseline(),
    },
    eigenFew: {
      claim: 'In 16 dimensions eigen codes are more accurate than random ones',
      unit: '%',
      baseline: 'random codes, 16 dimensions',
      holds: aboveBaseline(),
    },
    eigenMany: {
      claim: 'In 32 dimensions eigen codes are more accurate than random ones',
      unit: '%',
      baseline: 'random codes, 32 dimensions',
      holds: aboveBaseline(),
    },
    keeps: {
      claim: 'Eigen codes of 32 dimensions lose at most a point of the one-hot accuracy',
      unit: '%',
      baseline: ONE_HOT,
      holds: notBelowBaseline(0.01),
    },
    randomKeeps: {
      claim: 'Random codes of 32 dimensions lose at most two points of the one-hot accuracy',
      unit: '%',
      baseline: ONE_HOT,
      holds: notBelowBaseline(0.02),
    },
    mistakes: {
      claim: 'More of the mistakes with eigen codes (32) stay in the domain of the intent',
      unit: '%',
      baseline: ONE_HOT,
      holds: aboveBaseline(),
    },
    apart: {
      claim:
        'In 16 dimensions codes as far apart as possible (Tammes) are more accurate than random ones',
      unit: '%',
      baseline: 'random codes, 16 dimensions',
      holds: aboveBaseline(),
    },
    regression: {
      claim:
        'Eigen codes (32) are learned better by cross-entropy of cosines than by the squared error to them',
      unit: '%',
      baseline: 'squared error, the paper’s own',
      holds: aboveBaseline(),
    },
  },
  readings: {
    oneHot: { title: 'Accuracy, one-hot targets', unit: '%' },
    simplex: { title: 'Accuracy, simplex of 149 dimensions', unit: '%' },
    randomSquared: { title: 'Accuracy, random codes of 32 dimensions by squared error', unit: '%' },
    randomEarly: { title: 'Accuracy after a third of an epoch, random codes of 32', unit: '%' },
    eigenEarly: { title: 'Accuracy after a third of an epoch, eigen codes of 32', unit: '%' },
    oneHotEarly: { title: 'Accuracy after a third of an epoch, one-hot targets', unit: '%' },
    oneHotNumbers: { title: 'Numbers learned in the last layers, one-hot targets' },
    codeNumbers: { title: 'Numbers learned in the last layer, codes of 32' },
  },
  curves: { title: 'Accuracy on the way', x: 'epoch', y: 'accuracy' },
  deviations: [
    'Intents on frozen sentence vectors and a network of one hidden layer, 128 wide, in place of images and deep networks.',
    'The one-hot head stands on 128 further columns, so that it has one layer more than the codes.',
    'Where nothing else is said codes are learned by cross-entropy of cosines times 16, which the paper does not use.',
    'The affinities of the classes are cosines of their mean vectors; the eigenrepresentation is then fitted to them further.',
    '40 of the 100 requests of each intent, others in every repeat; 10 of the 30 for tests; ten epochs, which is also the number for codes that are never at 95 %.',
  ],
  async run(study) {
    const all = await trainedAll(study);
    const { oneHot, random32, eigen32, random16, eigen16 } = all;
    const [hidden, classes] = study.quick
      ? [QUICK.hidden, QUICK.intents]
      : [FULL.hidden, FULL.intents];
    return {
      randomFaster: { value: random32.epochs, baseline: oneHot.epochs },
      eigenFaster: { value: eigen32.epochs, baseline: oneHot.epochs },
      eigenFew: { value: eigen16.accuracy, baseline: random16.accuracy },
      eigenMany: { value: eigen32.accuracy, baseline: random32.accuracy },
      keeps: { value: eigen32.accuracy, baseline: oneHot.accuracy },
      randomKeeps: { value: random32.accuracy, baseline: oneHot.accuracy },
      mistakes: { value: eigen32.nearMistakes, baseline: oneHot.nearMistakes },
      apart: { value: all.tammes16.accuracy, baseline: random16.accuracy },
      regression: { value: eigen32.accuracy, baseline: all.eigenSquared.accuracy },
      oneHot: oneHot.accuracy,
      simplex: all.simplex.accuracy,
      randomSquared: all.randomSquared.accuracy,
      randomEarly: random32.curve.y[0],
      eigenEarly: eigen32.curve.y[0],
      oneHotEarly: oneHot.curve.y[0],
      oneHotNumbers: hidden * (hidden + 1) + classes * (hidden + 1),
      codeNumbers: (study.quick ? QUICK.many : FULL.many) * (hidden + 1),
      curves: {
        'one-hot': oneHot.curve,
        'random 32': random32.curve,
        'eigen 32': eigen32.curve,
        simplex: all.simplex.curve,
      },
    };
  },
});

/** Every target, from the same start on the same requests. */
async function trainedAll(study: StudyContext) {
  const size = study.quick ? QUICK : FULL;
  const set = await loadRequests(study.data);
  const random = study.random.fork('requests');
  const draw = { count: size.intents, each: size.each, random };
  const train = askedOf(set, set.inScope.train, draw);
  const test = askedOf(set, set.inScope.test, { ...draw, each: size.tested });
  const domains = new Map(set.intents.map((name, i) => [name, set.domainOf[i]]));
  const tammes = await tammesCode(set.intents.slice(0, size.intents), size.few, study);
  const problem = { train, test, domains, size, study };
  const { few, many } = size;
  const oneHot = await trained(problem, { head: 'softmax', dim: size.hidden });
  const than = THERE * oneHot.accuracy;
  const code = (own: Target) => trained(problem, own, than);
  const eigen32 = await code({ head: 'affinity', dim: many });
  return {
    oneHot: { ...oneHot, epochs: epochsTo(oneHot.curve, than, size.epochs) },
    random16: await code({ head: 'random', dim: few }),
    random32: await code({ head: 'random', dim: many }),
    eigen16: await code({ head: 'affinity', dim: few }),
    eigen32,
    tammes16: await code({ head: 'tammes', dim: few, codes: tammes }),
    simplex: await code({ head: 'simplex', dim: size.intents - 1 }),
    randomSquared: await code({ head: 'random', dim: many, loss: 'squared-error' }),
    eigenSquared: await code({
      head: 'affinity',
      dim: many,
      loss: 'squared-error',
      codes: classCodes(eigen32.model),
    }),
  };
}

interface Problem {
  readonly train: Asked;
  readonly test: Asked;
  readonly domains: ReadonlyMap<string, number>;
  readonly size: typeof FULL;
  readonly study: StudyContext;
}

interface Target {
  readonly head: 'softmax' | 'random' | 'affinity' | 'tammes' | 'simplex';
  readonly dim: number;
  readonly loss?: 'cross-entropy' | 'squared-error';
  readonly codes?: ClassCodes;
}

/** Trains towards one kind of target and looks at the accuracy on the way. */
async function trained(
  { train, test, domains, size, study }: Problem,
  { codes, ...target }: Target,
  there = Number.POSITIVE_INFINITY,
): Promise<Trained> {
  const { epochs, hidden } = size;
  const { engine, signal, seed, tick } = study;
  const perEpoch = Math.ceil(train.classes.length / Math.min(128, train.classes.length));
  const every = Math.max(1, Math.round(perEpoch / LOOKS));
  const x: number[] = [];
  const y: number[] = [];
  const options = { ...target, ...COMMON, seed, hidden, steps: epochs * perEpoch };
  const { model } = await classifier(train, options, {
    engine,
    signal,
    codes,
    async onStep({ step }, now) {
      if (step % every !== 0) return;
      x.push(step / perEpoch);
      y.push(right(await named(now), test).length / test.classes.length);
    },
  });
  async function named(now: typeof model): Promise<readonly string[]> {
    const { points } = await classifier.embed(now, test, { engine });
    const { classes } = now.settings as unknown as { readonly classes: readonly string[] };
    return Array.from(largestPlaces(classScores(now, points)), (place) => classes[place]);
  }
  const names = await named(model);
  const wrong = names.flatMap((name, i) => (name === test.classes[i] ? [] : [i]));
  const near = wrong.filter((i) => domains.get(names[i]) === domains.get(test.classes[i]));
  const curve = { x, y };
  await tick(0.5);
  return {
    model,
    accuracy: 1 - wrong.length / names.length,
    nearMistakes: wrong.length > 0 ? near.length / wrong.length : 1,
    epochs: epochsTo(curve, there, epochs),
    curve,
  };
}

const right = (names: readonly string[], { classes }: Asked) =>
  names.filter((name, i) => name === classes[i]);

/** Where the curve first is there, on a line between looks; the last epoch where it never is. */
function epochsTo({ x, y }: Curve, there: number, epochs: number): number {
  const at = y.findIndex((accuracy) => accuracy >= there);
  if (at < 0) return epochs;
  const [x0, y0] = at === 0 ? [0, 0] : [x[at - 1], y[at - 1]];
  return x0 + ((there - y0) / (y[at] - y0)) * (x[at] - x0);
}

/** The same in all repeats. */
const made = new Map<string, ClassCodes>();

async function tammesCode(
  classes: readonly string[],
  dim: number,
  { signal }: StudyContext,
): Promise<ClassCodes> {
  const key = `${classes.length} × ${dim}`;
  const known = made.get(key);
  if (known) return known;
  const { points: vectors } = await bestCode({ n: classes.length, d: dim }, {}, { signal });
  const codes: ClassCodes = { head: 'tammes', classes, vectors };
  made.set(key, codes);
  return codes;
}
