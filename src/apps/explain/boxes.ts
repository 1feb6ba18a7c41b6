import { OptionError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import {
  boxContainments,
  boxes,
  type ClassRelation,
  learnConcept,
  memberships,
  nearestMean,
} from '../../families/classifiers/index.ts';
import type { Model } from '../../learning/index.ts';
import type { RunOptions } from '../../method/method.ts';
import type { OptionsOf } from '../../method/options.ts';
import { wilsonInterval } from '../../numerics/statistics/intervals.ts';
import { classNames } from './class-names.ts';
import { aboveOf, inWords, withoutRows } from './support/class-relations.ts';

const WHERE = 'explain boxes';

/** Most rows that boxes are fitted to and judged by, together. */
const MOST_ROWS = 20_000;

export interface BoxesInput {
  readonly points: Matrix;
  readonly classes: readonly string[];
  readonly relations?: readonly ClassRelation[] | undefined;
}

export interface BoxesOptions extends Partial<OptionsOf<(typeof boxes)['spec']['options']>> {
  /** A class that is left out of the fit and learned afterwards. */
  readonly learn?: string | undefined;
  /** From how many of its rows; the others judge. */
  readonly examples?: number | undefined;
}

interface Agreement {
  /** Null where no row was found. */
  readonly precision: number | null;
  readonly recall: number;
  readonly f1: number;
}

interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface ExplainedBoxes {
  /** How well "lies in the box" answers "belongs to it" on held-out rows, wide concepts included. */
  readonly concepts: readonly ({ readonly name: string; readonly rows: number } & Agreement)[];
  /** Boxes in boxes, with a probability above a half. */
  readonly contains: readonly {
    readonly inner: string;
    readonly outer: string;
    readonly probability: number;
    readonly stated: boolean;
  }[];
  /** Relations by which a box should lie in another, and those by which it does. */
  readonly relations: { readonly stated: number; readonly held: number };
  /** Of held-out rows. */
  readonly accuracy: {
    readonly boxes: Share;
    readonly nearestMean: Share;
    readonly majority: number;
  };
  /** The class that was learned afterwards; null where none was. */
  readonly learned: {
    readonly name: string;
    readonly examples: number;
    /** Of the relations those that lead to concepts with a box. */
    readonly relations: number;
    /** F1 among the other rows of the class and the held-out ones. */
    readonly f1: {
      readonly boxes: number;
      readonly withoutRelations: number | null;
      readonly nearestMean: number | null;
    };
  } | null;
  readonly heldOut: number;
  readonly warnings: readonly string[];
}

interface Rows {
  readonly points: Matrix;
  readonly classes: readonly string[];
}

/**
 * Boxes of classes and of what they are kinds of: how well they hold on held-out rows, and what lies in what.
 *
 * @example
 * const relations: ClassRelation[] = [['robin', 'is a kind of', 'bird']];
 * const { concepts, contains, accuracy } = await explainBoxes({ points, classes, relations });
 */
export async function explainBoxes(
  { points, classes, relations = [] }: BoxesInput,
  { learn, examples = 3, ...options }: BoxesOptions = {},
  run: RunOptions = {},
): Promise<ExplainedBoxes> {
  if (points.rows < 10) throw new ShapeError(WHERE, '10 rows or more', `${points.rows}`);
  requireFinite(WHERE, points);
  const names = classNames(WHERE, classes);
  if (learn !== undefined && !names.includes(learn))
    throw new OptionError(WHERE, 'learn', `one of the classes ${inWords(names)}`, learn);
  const random = Random.fromSeed(options.seed ?? 0).fork('boxes');
  const order = random.sample(points.rows, Math.min(points.rows, MOST_ROWS));
  const kept = order.filter((row) => classes[row] !== learn);
  const cut = Math.round(0.7 * kept.length);
  const part = (rows: Int32Array): Rows => ({
    points: gathered(points, rows),
    classes: Array.from(rows, (row) => classes[row]),
  });
  const [known, held] = [part(kept.slice(0, cut).sort()), part(kept.slice(cut).sort())];
  const own = relations.filter((triple) => !triple.includes(learn as string));
  const all = new Set([...known.classes, ...own.flatMap(([from, , to]) => [from, to])]);
  const about = { names: [...all], relations: own };
  const input = { ...known, ...(own.length > 0 && { about }) };
  const { model, warnings } = await boxes(input, options, run);
  const means = await nearestMean(known, {}, run);
  const share = (found: readonly string[]): Share => {
    const value = found.filter((name, i) => name === held.classes[i]).length / found.length;
    return { value, ...wilsonInterval(value, found.length) };
  };
  const byBoxes = await boxes.predict(model, held.points, { ...run, among: 'seen' });
  const byMeans = await nearestMean.predict(means.model, held.points, run);
  return {
    concepts: await agreements(model, held, own),
    ...(await containments(model, own)),
    accuracy: {
      boxes: share(byBoxes.classes),
      nearestMean: share(byMeans.classes),
      majority: majorityOf(held.classes),
    },
    learned:
      learn === undefined
        ? null
        : await learnedLater(
            { model, names: [...all], known, held, name: learn, relations },
            part(order.filter((row) => classes[row] === learn)),
            examples,
            run,
          ),
    heldOut: held.classes.length,
    warnings: [...warnings, ...withoutRows(names, relations)],
  };
}

async function agreements(model: Model, held: Rows, relations: readonly ClassRelation[]) {
  const { names, scores } = await memberships(model, held.points);
  const above = aboveOf(relations);
  return names.map((name, c) => {
    const truth = held.classes.map((own) => above(own).has(name));
    const found = truth.map((_, i) => scores.data[i * scores.cols + c] > 0.5);
    return { name, rows: truth.filter(Boolean).length, ...agreementOf(found, truth) };
  });
}

function agreementOf(found: readonly boolean[], truth: readonly boolean[]): Agreement {
  const both = found.filter((own, i) => own && truth[i]).length;
  const [said, are] = [found, truth].map((own) => own.filter(Boolean).length);
  return {
    precision: said === 0 ? null : both / said,
    recall: are === 0 ? 0 : both / are,
    f1: said + are === 0 ? 0 : (2 * both) / (said + are),
  };
}

async function containments(model: Model, relations: readonly ClassRelation[]) {
  const { names, scores } = await boxContainments(model);
  const isStated = new Set(
    relations.flatMap(([from, relation, to]) => (relation === 'is like' ? [] : [`${from}\n${to}`])),
  );
  const contains = names
    .flatMap((inner, i) =>
      names.map((outer, j) => ({
        inner,
        outer,
        probability: scores.data[i * scores.cols + j],
        stated: isStated.has(`${inner}\n${outer}`),
      })),
    )
    .filter(({ inner, outer, probability }) => inner !== outer && probability > 0.5);
  const held = contains.filter(({ stated }) => stated).length;
  return { contains, relations: { stated: isStated.size, held } };
}

interface Learning {
  readonly model: Model;
  readonly names: readonly string[];
  readonly known: Rows;
  readonly held: Rows;
  readonly name: string;
  readonly relations: readonly ClassRelation[];
}

/** What a few rows and relations are worth: F1 beside the same without relations, and beside the class mean of these rows. */
async function learnedLater(
  { model, names, known, held, name, relations }: Learning,
  { points, classes }: Rows,
  count: number,
  run: RunOptions,
) {
  if (count >= classes.length)
    throw new OptionError(
      WHERE,
      'examples',
      `fewer than the ${classes.length} rows of "${name}", of which some are to judge`,
      count,
    );
  const places = Array.from(classes.keys());
  const shown = gathered(points, places.slice(0, count));
  const others = gathered(points, places.slice(count));
  // A concept that nothing but the new one is related to has no box.
  const isKnown = new Set([...names, name]);
  const own = relations.filter(
    ([from, , to]) => (from === name || to === name) && isKnown.has(from) && isKnown.has(to),
  );
  if (count === 0 && own.length === 0)
    throw new OptionError(WHERE, 'examples', `1 or more where no relation names "${name}"`, count);
  const examples = count === 0 ? undefined : shown;
  const truth = [...places.slice(count).map(() => true), ...held.classes.map(() => false)];
  const f1 = async (ask: (rows: Matrix) => Promise<readonly boolean[]>) =>
    agreementOf([...(await ask(others)), ...(await ask(held.points))], truth).f1;
  const ofBoxes = async (with_: readonly ClassRelation[]) => {
    const learned = await learnConcept(model, { name, examples, relations: with_ }, run);
    return f1(async (rows) => isLast(await boxes.scores(learned, rows, run)));
  };
  const ofMeans = async () => {
    const input = {
      points: stacked(known.points, shown),
      classes: [...known.classes, ...places.slice(0, count).map(() => name)],
    };
    const means = await nearestMean(input, {}, run);
    return f1(async (rows) =>
      (await nearestMean.predict(means.model, rows, run)).classes.map((found) => found === name),
    );
  };
  return {
    name,
    examples: count,
    relations: own.length,
    f1: {
      boxes: await ofBoxes(own),
      withoutRelations: examples === undefined || own.length === 0 ? null : await ofBoxes([]),
      nearestMean: examples === undefined ? null : await ofMeans(),
    },
  };
}

/** Whether the last concept is likelier than all classes that rows have. */
function isLast({ scores, seen }: { readonly scores: Matrix; readonly seen: number }): boolean[] {
  const { data, rows, cols } = scores;
  return Array.from({ length: rows }, (_, i) =>
    data
      .subarray(i * cols, i * cols + seen)
      .every((score: number) => score < data[(i + 1) * cols - 1]),
  );
}

const stacked = (a: Matrix, b: Matrix): number[][] =>
  [a, b].flatMap(({ data, rows, cols }) =>
    Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols))),
  );

function majorityOf(classes: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const name of classes) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Math.max(...counts.values()) / classes.length;
}
