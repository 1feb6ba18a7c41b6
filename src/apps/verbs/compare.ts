import { AbortedError, ShapeError } from '../../core/errors.ts';
import type { RunControls } from '../../core/run.ts';
import { VERSION } from '../../core/version.ts';
import type { Engine, EngineName, Work } from '../../engine/engine.ts';
import * as methods from '../../families/comparisons/index.ts';
import {
  DEFAULT_MOST_ROWS,
  DEFAULT_SAMPLE,
  detailsOf,
  type ShapePlan,
} from '../../families/comparisons/index.ts';
import type {
  Compared,
  Comparison,
  ComparisonRow,
  Pair,
  PairInput,
} from '../../families/comparisons/types.ts';
import { type GivenTable, givenTable } from '../../io/given-table.ts';
import { type OptionSpecs, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { LEVEL } from '../../numerics/statistics/intervals.ts';
import type { ParityResult } from '../parity/index.ts';
import type { ComparePictures, CompareReportData } from '../report/compare/contract.ts';
import { allComparisons, chosenComparisons } from './chosen-comparisons.ts';
import { matchedRows, type RowMatching } from './matched-rows.ts';
import { type EngineOptions, onEngine } from './support/engine.ts';
import { likeness } from './support/likeness.ts';
import { pairFacts } from './support/pair-facts.ts';
import { parityOf, withoutBrokenRows } from './support/parity-of.ts';

export { allComparisons, nameable } from './chosen-comparisons.ts';

export interface CompareOptions extends EngineOptions {
  /** Of row samples and simulated null values. Default 0. */
  readonly seed?: number | undefined;
  /** Neighbours of each row. Default 10. */
  readonly k?: number | undefined;
  /** At most so many rows where the cost grows with n²; default 2,000. */
  readonly sample?: number | undefined;
  /** Whether all rows are used, however many there are. Default false. */
  readonly exact?: boolean | undefined;
  /** Ids of comparisons, with options as in `linear-cka(estimator=biased)`, or `all`. Default: all that suit. */
  readonly metrics?: readonly string[] | undefined;
  /** Whether to say which fault explains the difference. Default false. */
  readonly parity?: boolean | undefined;
  /** The accuracy of the cosine for which to say how many rows a shape distance needs. Default: not said. */
  readonly plan?: number | undefined;
  /** How rows are matched. Default: by label where both have labels, else by place. */
  readonly rows?: RowMatching | undefined;
}

export interface CompareResult {
  /** Rows compared: of both, where they correspond. */
  readonly n: number;
  readonly nA: number;
  readonly nB: number;
  readonly dA: number;
  readonly dB: number;
  readonly rows: { readonly matched: 'position' | 'label' | 'none'; readonly sentence: string };
  readonly engine: EngineName;
  readonly threads: number;
  readonly seconds: number;
  readonly comparisons: readonly ComparisonRow[];
  /** What the numbers say together, in one sentence. */
  readonly sentence: string;
  readonly warnings: readonly string[];
  /** Where it was asked for: which fault explains the difference. */
  readonly parity?: ParityResult;
  /** Where it was asked for: how many rows a shape distance needs. */
  readonly plan?: ShapePlan;
}

/**
 * How alike two sets of vectors are: by pairs of rows where these correspond (n × dA and n × dB), else
 * as two samples. Each number has an interval and its value for unrelated rows.
 *
 * @example const { comparisons, sentence } = await compare(await read('a.npy'), await read('b.npy'));
 */
export async function compare(
  inputA: GivenTable,
  inputB: GivenTable,
  options: CompareOptions = {},
  run: RunControls = {},
): Promise<CompareResult> {
  const { result } = await compared(inputA, inputB, options, run, async () => undefined);
  return result;
}

/** `compare`, and what the report draws besides the numbers. */
export async function compareInDetail(
  inputA: GivenTable,
  inputB: GivenTable,
  options: CompareOptions = {},
  run: RunControls = {},
): Promise<{ readonly result: CompareResult; readonly details: ComparePictures }> {
  return compared(inputA, inputB, options, run, detailsOf);
}

async function compared<T>(
  inputA: GivenTable,
  inputB: GivenTable,
  options: CompareOptions,
  run: RunControls,
  detail: (pair: Pair, labels: readonly string[] | undefined) => Promise<T>,
): Promise<{ readonly result: CompareResult; readonly details: T }> {
  const start = performance.now();
  const [tableA, tableB] = [givenTable('compare', inputA), givenTable('compare', inputB)];
  const whole = matchedRows(tableA, tableB, options.rows);
  return onEngine(whole.a, options, async (engine) => {
    const broken = options.parity
      ? await withoutBrokenRows(whole, engine, options, run)
      : undefined;
    const matched = broken?.matched ?? whole;
    const { a, b, by } = matched;
    const at = { stage: '' };
    const pair = pairOf({ a, b }, by !== 'none', engine, options, run, at);
    const rows = await compareAll(pair, options, run, at);
    // Numbers with options of their own are not those that sentences speak of.
    const plain = rows.filter((row) => row.options === undefined);
    const known = options.k === undefined ? plain : [];
    const verdict: { readonly parity?: ParityResult } =
      broken?.verdict ??
      (options.parity ? await parityOf(matched, engine, { ...options, known }, run) : {});
    const planned = options.plan === undefined ? {} : await planOf(pair, options.plan, at);
    const labels =
      matched.labels ??
      (by === 'position' && !broken ? (tableA.labels ?? tableB.labels) : undefined);
    const details = await detail(pair, labels);
    const result = {
      n: by === 'none' ? Math.min(a.rows, b.rows) : a.rows,
      nA: tableA.points.rows,
      nB: tableB.points.rows,
      dA: a.cols,
      dB: b.cols,
      rows: { matched: by, sentence: matched.sentence },
      engine: engine.name,
      threads: engine.threads,
      seconds: (performance.now() - start) / 1000,
      comparisons: rows,
      sentence: options.metrics?.every((name) => name !== 'all')
        ? 'Only the numbers that were asked for: without --metrics a sentence says what all of them say together.'
        : `${broken?.headline ?? ''}${likeness(plain, by === 'none' ? undefined : pairFacts(a, b, verdict.parity, options.seed))}`,
      warnings: [
        ...(broken?.warnings ?? []),
        ...rows.flatMap(({ id, warnings }) => warnings.map((text) => `${id}: ${text}`)),
      ],
      ...verdict,
      ...planned,
    };
    return { result, details };
  });
}

async function planOf(
  pair: Pair,
  accuracy: number,
  at: { stage: string },
): Promise<{ readonly plan: ShapePlan }> {
  if (!pair.paired) throw new ShapeError('compare', 'rows that correspond, for a plan', 'none');
  at.stage = 'plan';
  return { plan: await methods.shapePlan(pair, { accuracy }) };
}

/** The pair, whose progress is that of the comparison that is computed. */
function pairOf(
  input: PairInput,
  paired: boolean,
  engine: Engine,
  options: CompareOptions,
  run: RunControls,
  at: { readonly stage: string },
): Pair {
  const work: Work = {
    signal: run.signal,
    onProgress: (done) => run.onProgress?.({ stage: at.stage, done }),
  };
  const limits = {
    seed: options.seed,
    sample: options.exact ? Infinity : (options.sample ?? DEFAULT_SAMPLE),
    mostRows: options.exact ? Infinity : DEFAULT_MOST_ROWS,
  };
  const meaning = { rows: paired ? 'paired' : 'unpaired', columns: 'any' } as const;
  return methods.createPair('compare', input, meaning, engine, limits, work);
}

async function compareAll(
  pair: Pair,
  options: CompareOptions,
  run: RunControls,
  at: { stage: string },
): Promise<ComparisonRow[]> {
  const rows: ComparisonRow[] = [];
  for (const { method, given } of chosenComparisons(pair, options.metrics)) {
    at.stage = method.spec.title;
    run.onProgress?.({ stage: at.stage, done: 0 });
    if (run.signal?.aborted) throw new AbortedError('compare');
    const settings = optionsFor(method, options, given);
    rows.push(comparisonRow(method, await method.compare(pair, settings), given));
  }
  return rows;
}

function optionsFor(
  { spec }: Comparison,
  { k }: CompareOptions,
  own: Readonly<Record<string, unknown>> = {},
): OptionsOf<OptionSpecs> {
  const given = k !== undefined && 'k' in spec.options ? { k, ...own } : own;
  return resolveOptions<OptionSpecs>(spec.id, spec.options, given as never);
}

/** One comparison's number as JSON has it. */
export function comparisonRow(
  {
    spec,
    meaning,
  }: {
    readonly spec: Pick<Comparison['spec'], 'id' | 'title' | 'options'>;
    readonly meaning: Comparison['meaning'];
  },
  found: Compared,
  options: Readonly<Record<string, unknown>> = {},
): ComparisonRow {
  const finite = (x: number | undefined) => (x !== undefined && Number.isFinite(x) ? x : null);
  return {
    id: spec.id,
    title: titleWith(spec, options),
    ...(Object.keys(options).length > 0 ? { options } : {}),
    kind: meaning.kind,
    value: finite(found.value),
    low: finite(found.low),
    high: finite(found.high),
    level: LEVEL,
    ...(found.null ? { null: found.null } : {}),
    warnings: found.warnings ?? [],
  };
}

/** The title without the default of an option that was given: "Linear CKA" of "Linear CKA (debiased)". */
function titleWith(
  { title, options }: Pick<Comparison['spec'], 'title' | 'options'>,
  given: Readonly<Record<string, unknown>>,
): string {
  const isDefault = (words: string) =>
    Object.keys(given).some((name) => options[name]?.default === words);
  return title.replace(/ \(([^()]+)\)$/, (whole, words) => (isDefault(words) ? '' : whole));
}

/** Gathers what the report of a comparison shows. */
export function compareReportData(
  names: { readonly a: string; readonly b: string },
  result: CompareResult,
  pictures: ComparePictures,
): CompareReportData {
  const summaries = new Map(allComparisons.map(({ spec }) => [spec.id, spec.summary]));
  return {
    nameA: names.a,
    nameB: names.b,
    nA: result.nA,
    nB: result.nB,
    dA: result.dA,
    dB: result.dB,
    matching: result.rows.sentence,
    engine: result.engine,
    seconds: result.seconds,
    versions: { tammes: VERSION },
    sentence: result.sentence,
    lines: result.comparisons.map((row) => ({ ...row, summary: summaries.get(row.id) ?? '' })),
    pictures,
    parity: result.parity,
    warnings: result.warnings,
  };
}
