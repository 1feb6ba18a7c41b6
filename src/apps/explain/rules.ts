import { OptionError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { gathered, type Matrix, toFloat64, zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { Run } from '../../core/run.ts';
import type { RunOptions } from '../../method/method.ts';
import { wilsonInterval } from '../../numerics/statistics/intervals.ts';
import { decisionTree, treeValues } from '../../structures/trees/decision-tree.ts';
import { type Condition, treeRules } from '../../structures/trees/tree-rules.ts';
import type { BlackBox } from './black-box.ts';
import { classNames } from './class-names.ts';
import {
  bordaOrder,
  columnMeans,
  columnProbes,
  descending,
  type Faithful,
  faithfulnessOf,
  largestPlaces,
  permutationImportance,
} from './column-importance.ts';

export interface RulesInput {
  readonly points: Matrix;
  /** What is explained: a model; or the probabilities that one gave, n × C; where neither, the classes themselves. */
  readonly box?: BlackBox | undefined;
  readonly given?:
    | { readonly names: readonly string[]; readonly probabilities: Matrix }
    | undefined;
  readonly classes?: readonly string[] | undefined;
}

export interface RulesOptions {
  /** Columns that rules may name. Default 10. */
  readonly k?: number | undefined;
  /** Most conditions of a rule. Default 4. */
  readonly depth?: number | undefined;
  /** Fewest rows of a rule. Default 5. */
  readonly leafRows?: number | undefined;
  readonly seed?: number | undefined;
}

interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How well a tree on some columns says what the box says, on rows that neither was fitted to. */
export interface Fidelity {
  /** 1 − SSE/SST of the probabilities. */
  readonly r2: number;
  /** Rows for which both predict the same. */
  readonly agreement: Share;
}

export interface ExplainedRule {
  readonly class: string;
  readonly conditions: readonly Condition[];
  readonly support: number;
  readonly confidence: number;
}

export interface ExplainedRules {
  readonly explained: 'model' | 'probabilities' | 'classes';
  readonly names: readonly string[];
  /** The columns that rules may name, the most important first. */
  readonly columns: readonly number[];
  readonly fidelity: Fidelity;
  /** The same with as many columns drawn at random (mean of five draws), and with those of most variance. */
  readonly controls: { readonly random: Fidelity; readonly variance: Fidelity };
  /** Of held-out rows, where classes are known. */
  readonly accuracy: {
    readonly explained: number | null;
    readonly rules: number;
    readonly majority: number;
  } | null;
  /** Of the model alone. */
  readonly faithfulness: {
    readonly top: Faithful;
    readonly random: Faithful;
    readonly variance: Faithful;
  } | null;
  readonly rules: readonly ExplainedRule[];
  readonly heldOut: number;
}

/** Rows that importance and faithfulness are measured on, and draws of random columns. */
const [ASKED, DRAWS, FOLDS] = [240, 5, 3];

/** A readable tree in the place of a model: which columns it needs, its rules, and how far they can be trusted. */
export async function explainRules(
  input: RulesInput,
  { k = 10, depth = 4, leafRows = 5, seed = 0 }: RulesOptions = {},
  options: RunOptions = {},
): Promise<ExplainedRules> {
  const { points, box } = input;
  const run = new Run(options);
  const random = Random.fromSeed(seed).fork('rules');
  requireCounts(points, k);
  requireFinite('explain rules', points);
  const { names, targets } = await targetsOf(input);
  const order = random.fork('split').sample(points.rows);
  const cut = Math.round(0.7 * points.rows);
  const [train, held] = [order.slice(0, cut).sort(), order.slice(cut).sort()];
  const known = { rows: gathered(points, train), targets: gathered(targets, train) };
  const others = { rows: gathered(points, held), targets: gathered(targets, held) };
  const fit = { depth, leafRows, leaves: Infinity, thresholds: 255 };
  const treeOn = (columns: ArrayLike<number>) =>
    decisionTree(columnsOf(known.rows, columns), known.targets, fit, run);
  const count = Math.min(k, points.cols);
  const top = (await importantColumns(known, box, random, run)).slice(0, count);
  const byVariance = descending(variances(known.rows)).slice(0, count);
  const draws = Array.from({ length: DRAWS }, (_, i) =>
    random.fork('draws').fork(i).sample(points.cols, count),
  );
  const fidelityOn = async (columns: ArrayLike<number>) =>
    fidelity(treeValues(await treeOn(columns), columnsOf(others.rows, columns)), others.targets);
  const tree = await treeOn(top);
  const values = treeValues(tree, columnsOf(others.rows, top));
  const drawn: Fidelity[] = [];
  for (const columns of draws) drawn.push(await fidelityOn(columns));
  return {
    explained: box ? 'model' : input.given ? 'probabilities' : 'classes',
    names,
    columns: Array.from(top),
    fidelity: fidelity(values, others.targets),
    controls: { random: meanFidelity(drawn), variance: await fidelityOn(byVariance) },
    accuracy: accuracyOf(input, names, held, values, others.targets),
    faithfulness: box
      ? await faithfulness(box, known.rows, others.rows, { top, byVariance, draws })
      : null,
    rules: treeRules(tree).map((rule) => ({
      class: names[rule.place],
      support: rule.support,
      confidence: rule.confidence,
      conditions: rule.conditions.map((own) => ({ ...own, column: top[own.column] })),
    })),
    heldOut: held.length,
  };
}

function requireCounts({ rows: n }: Matrix, k: number): void {
  if (n < 10) throw new ShapeError('explain rules', '10 rows or more', `${n}`);
  if (!(Number.isInteger(k) && k >= 1))
    throw new OptionError('explain rules', 'k', 'an integer from 1 on', k);
}

async function targetsOf({ points, box, given, classes }: RulesInput) {
  if (box) return { names: box.names, targets: await box.probabilities(points) };
  if (given) return { names: given.names, targets: toFloat64(given.probabilities) };
  if (!classes)
    throw new OptionError('explain rules', 'classes', 'given where no model is', 'nothing');
  const names = classNames('explain rules', classes);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const targets = zeros64(points.rows, names.length);
  for (const [i, name] of classes.entries())
    targets.data[i * names.length + (placeOf.get(name) as number)] = 1;
  return { names, targets };
}

/** Columns by importance: permutation and probes, each on parts of the rows, joined by Borda's count. */
async function importantColumns(
  { rows, targets }: { readonly rows: Matrix; readonly targets: Matrix },
  box: BlackBox | undefined,
  random: Random,
  run: Run,
): Promise<Int32Array> {
  const importances: Float64Array[] = [];
  const order = random.fork('folds').sample(rows.rows);
  for (let fold = 0; fold < FOLDS; fold++) {
    const own = order.filter((_, at) => at % FOLDS === fold);
    importances.push(columnProbes(gathered(rows, own), gathered(targets, own)));
    if (!box) continue;
    const asked = gathered(rows, own.slice(0, ASKED / FOLDS));
    importances.push(
      await permutationImportance(box, asked, random.fork('permuted').fork(fold), run),
    );
  }
  return bordaOrder(importances);
}

interface Chosen {
  readonly top: Int32Array;
  readonly byVariance: Int32Array;
  readonly draws: readonly Int32Array[];
}

async function faithfulness(
  box: BlackBox,
  known: Matrix,
  others: Matrix,
  { top, byVariance, draws }: Chosen,
) {
  const asked = gathered(
    others,
    Array.from({ length: Math.min(ASKED, others.rows) }, (_, i) => i),
  );
  const means = columnMeans(known);
  const of = (columns: Int32Array) => faithfulnessOf(box, asked, means, columns);
  const drawn: Faithful[] = [];
  for (const columns of draws) drawn.push(await of(columns));
  const mean = (name: keyof Faithful) => drawn.reduce((sum, own) => sum + own[name], 0) / DRAWS;
  return {
    top: await of(top),
    random: { comprehensiveness: mean('comprehensiveness'), sufficiency: mean('sufficiency') },
    variance: await of(byVariance),
  };
}

function columnsOf({ data, rows: n, cols: d }: Matrix, columns: ArrayLike<number>): Matrix {
  const k = columns.length;
  const out = zeros64(n, k);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < k; c++) out.data[i * k + c] = data[i * d + columns[c]];
  return out;
}

function variances(rows: Matrix): Float64Array {
  const means = columnMeans(rows);
  const { data, cols: d } = rows;
  const squares = new Float64Array(d);
  for (let at = 0; at < data.length; at += d)
    for (let c = 0; c < d; c++) squares[c] += (data[at + c] - means[c]) ** 2;
  return squares;
}

function fidelity(values: Matrix, targets: Matrix): Fidelity {
  const means = columnMeans(targets);
  let [errors, total] = [0, 0];
  for (let e = 0; e < values.data.length; e++) {
    errors += (values.data[e] - targets.data[e]) ** 2;
    total += (targets.data[e] - means[e % means.length]) ** 2;
  }
  const [ours, theirs] = [largestPlaces(values), largestPlaces(targets)];
  const same = ours.filter((place, i) => place === theirs[i]).length / ours.length;
  return {
    r2: total > 0 ? 1 - errors / total : Number(errors === 0),
    agreement: { value: same, ...wilsonInterval(same, ours.length) },
  };
}

function meanFidelity(all: readonly Fidelity[]): Fidelity {
  const mean = (of: (own: Fidelity) => number) =>
    all.reduce((sum, own) => sum + of(own), 0) / all.length;
  return {
    r2: mean(({ r2 }) => r2),
    agreement: {
      value: mean(({ agreement }) => agreement.value),
      low: mean(({ agreement }) => agreement.low),
      high: mean(({ agreement }) => agreement.high),
    },
  };
}

function accuracyOf(
  { classes, box, given }: RulesInput,
  names: readonly string[],
  held: Int32Array,
  values: Matrix,
  targets: Matrix,
): ExplainedRules['accuracy'] {
  if (!classes) return null;
  const share = (places: Int32Array) =>
    places.filter((place, i) => names[place] === classes[held[i]]).length / held.length;
  const counts = new Map<string, number>();
  for (const row of held) counts.set(classes[row], (counts.get(classes[row]) ?? 0) + 1);
  return {
    explained: box || given ? share(largestPlaces(targets)) : null,
    rules: share(largestPlaces(values)),
    majority: Math.max(...counts.values()) / held.length,
  };
}
