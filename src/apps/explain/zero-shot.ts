import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { gathered, type Matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import {
  type ClassMean,
  type ClassScores,
  calibrationOf,
  classHits,
  classHubs,
  conse,
  dem,
  type GeneralizedAccuracy,
  generalizedAccuracy,
  psr,
} from '../../families/classifiers/index.ts';
import type { Classifier } from '../../families/classifiers/types.ts';
import type { RunOptions } from '../../method/method.ts';
import { classNames } from './class-names.ts';
import { classVectors, type NamedVectors } from './class-vectors.ts';

/** What can be asked for: a method, and the options that make the variant. */
const VARIANTS: Readonly<Record<string, readonly [method: unknown, options: object]>> = {
  conse: [conse, {}],
  dem: [dem, { steps: 400 }],
  ridge: [dem, { map: 'ridge' }],
  psr: [psr, { steps: 400 }],
  'semantic-ridge': [dem, { map: 'ridge', direction: 'semantic' }],
};

export const zeroShotMethods: readonly string[] = Object.keys(VARIANTS);

export interface ZeroShotInput {
  readonly points: Matrix;
  readonly classes: readonly string[];
  readonly vectors: NamedVectors;
}

export interface ZeroShotOptions {
  /** Classes whose rows are not trained on; left out: three of ten, drawn by seed. */
  readonly unseen?: readonly string[] | undefined;
  /** Of `zeroShotMethods`; left out: all. */
  readonly methods?: readonly string[] | undefined;
  readonly seed?: number | undefined;
}

export interface JudgedZeroShot {
  readonly method: string;
  /** Rows of unseen classes, where only these are answers: the class is the best, among the five best. */
  readonly hit1: ClassMean;
  readonly hit5: ClassMean;
  /** All classes are answers. */
  readonly generalized: GeneralizedAccuracy;
  /** With γ from unseen classes made of seen ones; null where there are fewer than six seen. */
  readonly calibrated: GeneralizedAccuracy | null;
  /** How unevenly rows of unseen classes fall to these: skewness, and the largest share. */
  readonly hubness: { readonly skewness: number; readonly largest: number; readonly of: string };
  readonly warnings: readonly string[];
}

export interface ExplainedZeroShot {
  readonly seen: readonly string[];
  readonly unseen: readonly string[];
  readonly chance: number;
  readonly rows: { readonly train: number; readonly seen: number; readonly unseen: number };
  readonly methods: readonly JudgedZeroShot[];
}

interface Rows {
  readonly points: Matrix;
  readonly classes: readonly string[];
}

const WHERE = 'explain zeroshot';
/** Of a kind of rows that are judged; rows × columns × classes that are trained on. */
const [MOST_JUDGED, MOST_WORK] = [3000, 1e7];
const [OF_ROWS, OF_CLASSES] = [0.7, 0.3];
/** Fewest seen classes of which some can stand in for unseen ones. */
const FEWEST_TO_CALIBRATE = 6;

/**
 * What is recognised of classes that no training row has, by what is known of their names.
 *
 * @example
 * const vectors = { names: words.labels, points: words.points };
 * const { unseen, methods } = await explainZeroShot({ points, classes, vectors }, { methods: ['ridge'] });
 */
export async function explainZeroShot(
  { points, classes, vectors }: ZeroShotInput,
  { unseen: given, methods = zeroShotMethods, seed = 0 }: ZeroShotOptions = {},
  run: RunOptions = {},
): Promise<ExplainedZeroShot> {
  const names = classNames(WHERE, classes);
  const random = Random.fromSeed(seed).fork('zero-shot');
  const about = { names, vectors: classVectors(WHERE, names, vectors) };
  const unseen = given ? requireUnseen(given, names) : drawn(names, random.fork('unseen'));
  const isUnseen = new Set(unseen);
  const seen = names.filter((name) => !isUnseen.has(name));
  if (seen.length < 2)
    throw new OptionError(WHERE, 'unseen', 'some of the classes, with two or more left', unseen);
  const all: Rows = { points: toFloat32(points), classes };
  const [known, held] = split(
    only(all, (name) => !isUnseen.has(name)),
    random.fork('rows'),
  );
  const train = limited(known, seen.length, random.fork('train'));
  const asked = {
    seen: sampled(held, MOST_JUDGED, random.fork('seen')),
    unseen: sampled(
      only(all, (name) => isUnseen.has(name)),
      MOST_JUDGED,
      random.fork('asked'),
    ),
  };
  const judged: JudgedZeroShot[] = [];
  for (const method of methods) {
    const fitted = scorer(method, about, seed, run);
    const { scores, warnings } = await fitted(train);
    const [ofSeen, ofUnseen] = [await scores(asked.seen), await scores(asked.unseen)];
    const both = joined(ofSeen, ofUnseen);
    const truth = [...asked.seen.classes, ...asked.unseen.classes];
    const gamma = await calibrated(train, seen, about, method, seed, run);
    const hubs = classHubs(ofUnseen, 'unseen');
    const largest = hubs.counts.indexOf(Math.max(...hubs.counts));
    const hits = (k: number) => classHits(ofUnseen, asked.unseen.classes, { among: 'unseen', k });
    judged.push({
      method,
      hit1: hits(1),
      hit5: hits(5),
      generalized: generalizedAccuracy(both, truth),
      calibrated: gamma === undefined ? null : generalizedAccuracy(both, truth, gamma),
      hubness: {
        skewness: hubs.skewness,
        largest: hubs.counts[largest] / asked.unseen.classes.length,
        of: ofUnseen.names[ofUnseen.seen + largest],
      },
      warnings,
    });
  }
  return {
    seen,
    unseen,
    chance: 1 / unseen.length,
    rows: {
      train: train.classes.length,
      seen: asked.seen.classes.length,
      unseen: asked.unseen.classes.length,
    },
    methods: judged,
  };
}

interface About {
  readonly names: readonly string[];
  readonly vectors: Matrix<Float64Array>;
}

/** Fits the method to rows, and scores others. */
function scorer(name: string, about: About, seed: number, run: RunOptions) {
  const variant = VARIANTS[name];
  if (!variant)
    throw new OptionError(WHERE, 'method', `one of ${zeroShotMethods.join(', ')}`, name);
  const [own, options] = variant;
  const method = own as Classifier;
  return async (rows: Rows) => {
    const { model, warnings } = await method(
      { ...rows, about },
      { ...options, seed } as never,
      run,
    );
    const scores = ({ points }: Rows): Promise<ClassScores> => method.scores(model, points, run);
    return { scores, warnings };
  };
}

/** γ from the training rows alone: three of ten seen classes stand in for unseen ones. */
async function calibrated(
  train: Rows,
  seen: readonly string[],
  about: About,
  method: string,
  seed: number,
  run: RunOptions,
): Promise<number | undefined> {
  if (seen.length < FEWEST_TO_CALIBRATE) return undefined;
  const random = Random.fromSeed(seed).fork('calibration');
  const away = new Set(drawn(seen, random.fork('unseen')));
  const [fitted, others] = split(
    only(train, (name) => !away.has(name)),
    random.fork('rows'),
  );
  const places = seen.map((name) => about.names.indexOf(name));
  const own = { names: seen, vectors: gathered(about.vectors, places) };
  const { scores } = await scorer(method, own, seed, run)(fitted);
  const asked = only(train, (name) => away.has(name));
  const both = joined(await scores(others), await scores(asked));
  return calibrationOf(both, [...others.classes, ...asked.classes]);
}

function requireUnseen(given: readonly string[], names: readonly string[]): readonly string[] {
  const odd = given.find((name) => !names.includes(name));
  if (odd !== undefined)
    throw new OptionError(
      WHERE,
      'unseen',
      `classes that rows have (${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''})`,
      odd,
    );
  if (new Set(given).size < 2)
    throw new OptionError(WHERE, 'unseen', 'two classes or more, between commas', given.join(','));
  return names.filter((name) => given.includes(name));
}

/** Three of ten, in the order of the names. */
function drawn(names: readonly string[], random: Random): string[] {
  const count = Math.max(2, Math.round(OF_CLASSES * names.length));
  if (names.length < 4) throw new ShapeError(WHERE, 'rows of 4 classes or more', `${names.length}`);
  return Array.from(random.sample(names.length, count).sort(), (place) => names[place]);
}

const at = ({ points, classes }: Rows, rows: ArrayLike<number>): Rows => ({
  points: gathered(points, rows),
  classes: Array.from(rows, (row) => classes[row]),
});

const only = (rows: Rows, isWanted: (name: string) => boolean): Rows =>
  at(
    rows,
    Array.from(rows.classes.keys()).filter((row) => isWanted(rows.classes[row])),
  );

const sampled = (rows: Rows, most: number, random: Random): Rows =>
  rows.classes.length <= most ? rows : at(rows, random.sample(rows.classes.length, most).sort());

/** Seven of ten rows of each class, one at least, and the others. */
function split(rows: Rows, random: Random): readonly [Rows, Rows] {
  const seenOf = new Map<string, number[]>();
  for (const row of random.sample(rows.classes.length))
    seenOf.set(rows.classes[row], [...(seenOf.get(rows.classes[row]) ?? []), row]);
  const [first, second]: [number[], number[]] = [[], []];
  for (const own of seenOf.values()) {
    const cut = Math.max(1, Math.round(OF_ROWS * own.length));
    first.push(...own.slice(0, cut));
    second.push(...own.slice(cut));
  }
  if (second.length === 0)
    throw new InputError(WHERE, 'no seen class has a second row, which could be judged.');
  const inOrder = (own: number[]) => at(rows, Int32Array.from(own).sort());
  return [inOrder(first), inOrder(second)];
}

/** As many rows of each class as the time allows, three at least. */
function limited(rows: Rows, classes: number, random: Random): Rows {
  const most = Math.floor(MOST_WORK / (rows.points.cols * classes));
  const each = Math.max(3, Math.floor(most / classes));
  const taken = new Map<string, number>();
  const kept = random.sample(rows.classes.length).filter((row) => {
    const before = taken.get(rows.classes[row]) ?? 0;
    taken.set(rows.classes[row], before + 1);
    return before < each;
  });
  return at(rows, kept.sort());
}

function joined(a: ClassScores, b: ClassScores): ClassScores {
  const data = new Float64Array(a.scores.data.length + b.scores.data.length);
  data.set(a.scores.data);
  data.set(b.scores.data, a.scores.data.length);
  const { cols } = a.scores;
  return { ...a, scores: { data, rows: a.scores.rows + b.scores.rows, cols } };
}
