import { InputError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import { asFloat32, gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';

import type { Engine, EngineName } from '../../engine/engine.ts';
import {
  type DictionaryOptions,
  dictionaryFacts,
  dictionaryOptions,
  directionsOfFeatures,
  featuresOf,
  namedFeatures,
  trainedDictionary,
} from '../../learning/sparse-autoencoder/index.ts';
import { MethodRun, type RunOptions } from '../../method/method.ts';
import { resolveOptions, seedOption } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { type Directions, spaceMark } from '../../structures/directions/index.ts';
import { principalAxes } from '../../structures/spectra/principal-axes.ts';
import { type ClassFeatures, featuresOfClasses } from './support/class-features.ts';
import { type Coherence, coherenceOfDirections, pairwiseCosine, TOP } from './support/coherence.ts';
import { evenlySpaced } from './support/evenly-spaced.ts';
import { explainedByRandom } from './support/random-dictionary.ts';

export type { ClassFeatures } from './support/class-features.ts';

const WHERE = 'explain dictionary';
/** Rows that random directions code, and that principal axes are of. */
const [RANDOM_ROWS, AXIS_ROWS] = [2000, 10_000];

export const explainDictionaryOptions = { ...dictionaryOptions, seed: seedOption() } as const;

export interface DictionaryInput {
  /** n × d. */
  readonly points: GivenPoints;
  readonly labels?: readonly string[] | undefined;
  readonly classes?: readonly string[] | undefined;
  readonly source?: string | undefined;
}

export interface ExplainedFeature {
  readonly name: string;
  /** Rows that use it. */
  readonly rows: number;
  readonly largest: number;
  /** The mean cosine of the pairs of its ten top rows, less the mean of all rows; null with fewer than two. */
  readonly coherence: number | null;
  /** Labels of the rows that have most of it, or their numbers. */
  readonly top: readonly string[];
}

export interface ExplainedDictionary {
  readonly directions: Directions;
  readonly features: number;
  readonly varianceExplained: number;
  /** Of a row, on average. */
  readonly activeFeatures: number;
  /** The share of the features that no row uses. */
  readonly dead: number;
  /** What as many random directions explain with as many a row, and as many principal axes as a row has features. */
  readonly baselines: { readonly random: number; readonly principal: number };
  /** The mean over the features used by ten rows or more, beside other directions. */
  readonly coherence: Coherence & { readonly features: number };
  readonly list: readonly ExplainedFeature[];
  readonly classes?: readonly ClassFeatures[] | undefined;
  readonly engine: EngineName;
  readonly warnings: readonly string[];
}

/**
 * A dictionary of sparse features of rows: what it explains, what its features are called, and whether they mean something.
 *
 * @example
 * const { list, coherence, baselines } = await explainDictionary({ points: vectors, labels }, { features: 256, k: 4 });
 */
export async function explainDictionary(
  input: DictionaryInput,
  given: Partial<DictionaryOptions & { seed: number }> = {},
  { engine: own, ...controls }: RunOptions = {},
): Promise<ExplainedDictionary> {
  const options = resolveOptions(WHERE, explainDictionaryOptions, given);
  const points = requireFinite(WHERE, givenPoints(WHERE, input.points));
  requireCounts(points, input);
  const engine = await new MethodRun({ engine: own }).engineFor(points);
  const run = new MethodRun({ ...controls, engine });
  const random = Random.fromSeed(options.seed).fork('dictionary');
  const work = { signal: controls.signal };
  const trained = await trainedDictionary(WHERE, points, options, { engine, random, run });
  const codes = await featuresOf(trained, points, { engine, work });
  const named = namedFeatures(codes, input.labels, TOP);
  if (named.length === 0)
    throw new InputError(WHERE, 'the rows do not differ: no feature is used.');
  const facts = dictionaryFacts(trained, points, codes);
  const centered = lessRow(asFloat32(points), meanRow(points));
  const { points: unit } = unitOrZeroRows(centered);
  const labelOf = (row: number) => input.labels?.[row] ?? `${row}`;
  const list = named.map(({ name, rows, largest, top }) => ({
    name,
    rows,
    largest,
    coherence: top.length > 1 ? pairwiseCosine(unit, top) : null,
    top: Array.from(top, labelOf),
  }));
  const active = Math.max(1, Math.min(points.cols, Math.round(facts.activeFeatures)));
  const others = await coherenceOfDirections({ centered, unit }, engine, random.fork('axes'), work);
  return {
    directions: {
      basis: directionsOfFeatures(trained, named),
      names: named.map(({ name }) => name),
      origin: trained.origin,
      draws: matrix(new Float64Array(0), 0, points.cols),
      space: spaceMark(points),
      provenance: {
        method: 'dictionary',
        options,
        rows: points.rows,
        ...(input.source === undefined ? {} : { source: input.source }),
        facts,
      },
    },
    ...facts,
    baselines: {
      random: await explainedByRandom(
        gathered(points, evenlySpaced(points.rows, RANDOM_ROWS)),
        { features: facts.features, k: active, origin: trained.origin },
        random.fork('random'),
        engine,
        work,
      ),
      principal: await explainedByAxes(centered, active, engine),
    },
    coherence: { features: meanCoherence(list), ...others },
    list,
    classes:
      input.classes &&
      featuresOfClasses(
        { points, codes, dictionary: trained, features: named },
        input.classes,
        random.fork('classes'),
      ),
    engine: engine.name,
    warnings: warningsOf(points, facts),
  };
}

function requireCounts({ rows: n }: Matrix, { labels, classes }: DictionaryInput): void {
  for (const [what, list] of Object.entries({ labels, classes }))
    if (list && list.length !== n)
      throw new ShapeError(WHERE, `${n} ${what}, one a row`, `${list.length}`);
  if (classes && new Set(classes).size < 2)
    throw new InputError(
      WHERE,
      `every row is of the class ${JSON.stringify(classes[0])}; two classes or more are needed to tell apart.`,
    );
}

function meanCoherence(list: readonly ExplainedFeature[]): number {
  const whole = list.filter(({ rows }) => rows >= TOP);
  const own = (whole.length > 0 ? whole : list).flatMap(({ coherence }) => coherence ?? []);
  return own.reduce((sum, x) => sum + x, 0) / Math.max(1, own.length);
}

/** The share of the variance along the first principal axes. */
async function explainedByAxes(centered: Matrix, count: number, engine: Engine): Promise<number> {
  const part = gathered(centered, evenlySpaced(centered.rows, AXIS_ROWS));
  const { values, total } = await principalAxes(part, count, engine);
  return total > 0 ? values.reduce((sum, x) => sum + x, 0) / total : 1;
}

function warningsOf(
  { rows: n }: Matrix,
  { features, dead }: { readonly features: number; readonly dead: number },
): string[] {
  const few = n < features;
  return [
    ...(few
      ? [`There are ${n} rows for ${features} features: lower --features, or a feature is a row.`]
      : []),
    ...(dead > 0.1
      ? [`${Math.round(100 * dead)} % of the ${features} features are used by no row.`]
      : []),
  ];
}
