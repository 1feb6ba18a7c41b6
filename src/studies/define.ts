import type { Random } from '../core/random.ts';
import type { Engine } from '../engine/engine.ts';
import type { SluggedPaper } from '../method/bibliography/cite.ts';
import type { Rule, ValueRule } from './support/rules.ts';

export * from './support/rules.ts';

/** What the study measures, real or planted. */
export interface DataSource {
  readonly name: string;
  readonly source: string;
  readonly licence: string;
}

interface LineHeader {
  /** One sentence that the measured number can bear out or not. */
  readonly claim: string;
  /** `'%'` for shares, which the page shows times 100; `'°'`, `'s'` and so on; none for plain numbers. */
  readonly unit?: string;
}

/** A claim about one number; beside a baseline where one is named. */
export interface PlainLine extends LineHeader {
  readonly baseline?: undefined;
  readonly holds: ValueRule;
}

/** A claim beside what a fair baseline gives in the same repeat. */
export interface ComparedLine extends LineHeader {
  /** What the number is compared with, in a few words. */
  readonly baseline: string;
  readonly holds: Rule;
}

/** One checked claim. A rule against the baseline needs a baseline: the types see to it. */
export type Line = PlainLine | ComparedLine;

/** A number that is shown and not judged. */
export interface Reading {
  readonly title: string;
  readonly unit?: string;
}

/** A second chart: curves over a common axis, each named at its end. */
export interface CurvesSpec {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly logX?: boolean;
  readonly logY?: boolean;
}

/** Values at the same x in every repeat: the chart shows their mean. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export type Curves = Readonly<Record<string, Curve>>;

/** A chart of named points, each the mean of its repeats. */
export interface ScatterSpec {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

export type Scatter = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

/** A 95 % interval of a number that one repeat knows by itself, from a bootstrap for instance. */
export interface OwnInterval {
  readonly low: number;
  readonly high: number;
}

export interface Measured extends Partial<OwnInterval> {
  readonly value: number;
  readonly baseline?: number;
}

type Alone = number | ({ readonly value: number } & Partial<OwnInterval>);
type Compared = { readonly value: number; readonly baseline: number } & Partial<OwnInterval>;

/**
 * What a repeat gives: for each line its number, with the baseline's where one is named; for each reading a number; the
 * curves and the points by name, where the study has any.
 */
export type RepeatOf<L, R, C, S> = {
  readonly [K in keyof L]: L[K] extends { readonly baseline: string } ? Compared : Alone;
} & { readonly [K in keyof R]: number } & (C extends CurvesSpec
    ? { readonly curves: Curves }
    : { readonly curves?: never }) &
  (S extends ScatterSpec ? { readonly scatter: Scatter } : { readonly scatter?: never });

/** The folders that only studies need. */
export interface StudyData {
  /** Where `study-data/<name>/` of the repository lies; elsewhere there is none, and one sentence says so. */
  folder(name: string): Promise<URL>;
  /** Where the full set lies of which `study-data/<name>/` has a slice: `--data FOLDER` says it; else undefined. */
  full(name: string): Promise<URL | undefined>;
}

/** What one repeat may use. It draws every random number from `seed` or `random`, and reads no clock. */
export interface StudyContext {
  readonly seed: number;
  /** Small sizes: a few seconds in all. */
  readonly quick: boolean;
  /** The stream of this seed. */
  readonly random: Random;
  readonly engine: Engine;
  readonly data: StudyData;
  readonly signal: AbortSignal | undefined;
  /** To be awaited now and then with the share of the repeat done: reports it, and stops on request. */
  readonly tick: (done: number) => Promise<void>;
}

interface StudyHeader {
  /** One of the bibliography's papers: its slug is the study's id, and the name of its file. */
  readonly paper: SluggedPaper;
  /** Where a paper has several studies: what this one is about; its id is then `slug-part`. */
  readonly part?: string;
  /** Keys of the catalogue, `family/id`: what the study exercises. */
  readonly methods: readonly string[];
  /** What the paper says, in one sentence. */
  readonly claim: string;
  readonly data: readonly DataSource[];
  /** How many repeats; 5 where nothing is said, 1 where nothing is random. */
  readonly seeds?: number;
  /** How many in the quick form; at most 3 where nothing is said. */
  readonly quickSeeds?: number;
  /** Where the study differs from the paper's own setting: one sentence each. */
  readonly deviations?: readonly string[];
}

export interface StudySpec<L, R, C, S> extends StudyHeader {
  readonly lines: L;
  readonly readings?: R;
  readonly curves?: C;
  readonly scatter?: S;
  /** One repeat. */
  readonly run: (
    context: StudyContext,
  ) => Promise<RepeatOf<NoInfer<L>, NoInfer<R>, NoInfer<C>, NoInfer<S>>>;
}

export type AnyRepeat = Readonly<Record<string, number | Measured>> & {
  readonly curves?: Curves;
  readonly scatter?: Scatter;
};

/** A study as the runner, the command and the pages see it. */
export interface Study extends StudyHeader {
  /** The paper's slug, and the part. */
  readonly id: string;
  readonly lines: Readonly<Record<string, Line>>;
  readonly readings: Readonly<Record<string, Reading>>;
  readonly curves?: CurvesSpec | undefined;
  readonly scatter?: ScatterSpec | undefined;
  readonly seeds: number;
  readonly quickSeeds: number;
  readonly run: (context: StudyContext) => Promise<AnyRepeat>;
}

/**
 * The proof behind a paper: what it claims, the lines by which that is judged, and one repeat of the
 * measurement. Whether a line holds is nowhere written: the rule and the numbers say it.
 *
 * ```ts
 * export default defineStudy({
 *   paper: papers.hubnessReductionSbert,
 *   methods: ['neighbors/mutual-proximity'],
 *   claim: 'Mutual proximity removes hubs.',
 *   data: [{ name: '3,000 normal rows', source: 'by seed', licence: 'planted' }],
 *   lines: {
 *     skewness: {
 *       claim: 'The skewness of the 10-occurrence falls to half or less',
 *       baseline: 'no correction',
 *       holds: atMostTimesBaseline(0.5),
 *     },
 *   },
 *   run: async ({ quick, random, engine }) => {
 *     …
 *     return { skewness: { value: 0.4, baseline: 2.8 } };
 *   },
 * });
 * ```
 *
 * The build lists the file, and `tammes study ID` runs it and writes its page.
 */
export function defineStudy<
  const L extends Readonly<Record<string, Line>>,
  const R extends Readonly<Record<string, Reading>> = Record<never, Reading>,
  const C extends CurvesSpec | undefined = undefined,
  const S extends ScatterSpec | undefined = undefined,
>(spec: StudySpec<L, R, C, S>): Study {
  const { seeds = 5, quickSeeds = Math.min(3, seeds), readings = {}, run } = spec;
  const id = spec.part ? `${spec.paper.slug}-${spec.part}` : spec.paper.slug;
  return { ...spec, id, seeds, quickSeeds, readings, run: run as Study['run'] };
}
