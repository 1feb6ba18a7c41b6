import { ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { gathered } from '../../core/matrix.ts';
import type { RunControls } from '../../core/run.ts';
import { counted, grouped } from '../../core/text.ts';
import { type AnyTable, type GivenTable, givenTable } from '../../io/given-table.ts';
import { rowNames, type Survey } from '../../io/table.ts';
import { type Facts, factsOf } from '../doctor/facts/index.ts';
import { examine, type Finding } from '../doctor/index.ts';
import { named } from '../doctor/rules/shared.ts';
import { type MeasureOptions, type MeasureResult, measureInDetail } from './measure.ts';
import { renumbered } from './metric-rows.ts';
import type { Inspection } from './report.ts';

export interface DoctorOptions extends MeasureOptions {
  /** Name of the file, for the commands that findings advise. Default: `FILE`. */
  readonly source?: string | undefined;
  readonly labels?: readonly string[] | undefined;
  /** Whether findings may come from the numbers alone, without a look at the rows themselves. Default false. */
  readonly numbersAlone?: boolean | undefined;
}

export interface Diagnosis {
  /** Left out where no row can be measured. */
  readonly inspection: Inspection | undefined;
  /** Worst first; empty where nothing is wrong. */
  readonly findings: readonly Finding[];
}

/**
 * Looks for what is wrong with n × d vectors and says it in plain words, with the rows concerned and
 * what helps. Rows without a direction (NaN, infinite, all zero) are found, not refused: the others are
 * measured without them, and rows keep their numbers.
 */
export async function diagnose(
  input: GivenTable,
  options: DoctorOptions = {},
  run: RunControls = {},
): Promise<Diagnosis> {
  const table = givenTable('diagnose', input);
  const { rows, cols } = table.points;
  if (rows < 1 || cols < 1) {
    throw new ShapeError('diagnose', 'at least 1 × 1 values', `${rows} × ${cols}`);
  }
  const { survey, labels: known } = table;
  const nameOf = rowNames({ labels: options.labels ?? known, survey });
  const settings = { metrics: ['all'], ...options };
  const { found, invalid, raw } = await (survey
    ? ofSample(table, survey, settings, run)
    : ofRowsWithDirection(table.points, settings, run));
  const findings = [
    ...(invalid.length > 0
      ? [invalidRows(invalid, survey ? undefined : table.points, nameOf)]
      : []),
    ...(survey && survey.copies.length > 0 ? [copiedRows(survey)] : []),
  ];
  if (!found) return { inspection: undefined, findings };
  const more = options.numbersAlone
    ? findingsOf(found.measurement, options.source, nameOf)
    : findingsIn(raw, found, options.source, nameOf);
  return { inspection: found, findings: [...findings, ...more] };
}

/** What measured rows show, by their numbers and by themselves as they came; worst first. */
export function findingsIn(
  raw: Matrix,
  { measurement, details }: Inspection,
  source?: string,
  labelOf?: (row: number) => string,
): readonly Finding[] {
  const facts = factsOf(raw, details, (i) => details.rows?.[i] ?? i);
  return findingsOf(measurement, source, labelOf, facts);
}

/** What the rules make of measured numbers, worst first. */
export function findingsOf(
  { n, d, metrics }: Pick<MeasureResult, 'n' | 'd' | 'metrics'>,
  source = 'FILE',
  labelOf: (row: number) => string = (row) => `row ${row}`,
  facts?: Facts,
): readonly Finding[] {
  // Rules are about numbers at their defaults.
  const atDefaults = metrics.filter(({ options }) => !options);
  const rows = new Map(atDefaults.map((row) => [row.id, row]));
  return examine({ source, n, d, metric: (id) => rows.get(id), labelOf, ...(facts && { facts }) });
}

/** What was measured, if anything could be, and the rows that were left out. */
interface Examination {
  readonly found: Inspection | undefined;
  /** The rows that were measured, as they came. */
  readonly raw: Matrix;
  readonly invalid: readonly number[];
}

async function ofRowsWithDirection(
  raw: Matrix,
  options: MeasureOptions,
  run: RunControls,
): Promise<Examination> {
  const { kept, invalid } = sorted(raw);
  if (kept.length === 0) return { found: undefined, raw, invalid };
  if (invalid.length === 0)
    return { found: await measureInDetail(raw, options, run), raw, invalid };
  const settings = { ...options, ...keptFacts(options, kept) };
  const measured = gathered(raw, kept);
  const { measurement, details } = await measureInDetail(measured, settings, run);
  const metrics = renumbered(measurement.metrics, kept);
  const found = { measurement: { ...measurement, metrics }, details: { ...details, rows: kept } };
  return { found, raw: measured, invalid };
}

/** A sample has lost such rows when it was drawn. */
async function ofSample(
  table: AnyTable,
  survey: Survey,
  options: MeasureOptions,
  run: RunControls,
): Promise<Examination> {
  const { invalid } = survey;
  const whole = { ...table, survey: { ...survey, invalid: [] } };
  return { found: await measureInDetail(whole, options, run), raw: table.points, invalid };
}

function sorted({ data, rows, cols }: Matrix): { kept: number[]; invalid: number[] } {
  const kept: number[] = [];
  const invalid: number[] = [];
  for (let i = 0; i < rows; i++) {
    let largest = 0;
    let finite = true;
    for (let c = i * cols; c < (i + 1) * cols; c++) {
      largest = Math.max(largest, Math.abs(data[c]));
      finite &&= Number.isFinite(data[c]);
    }
    (finite && largest > 0 ? kept : invalid).push(i);
  }
  return { kept, invalid };
}

export function invalidRows(
  rows: readonly number[],
  raw: Matrix | undefined,
  nameOf: (row: number) => string,
): Finding {
  const many = counted(rows.length, 'row has', 'rows have');
  // A sample has lost its broken rows when it was drawn.
  const isZero = (i: number) =>
    raw?.data.subarray(i * raw.cols, (i + 1) * raw.cols).every((x) => x === 0);
  const zeros = rows.filter(isZero).length;
  const why =
    raw === undefined || (zeros > 0 && zeros < rows.length)
      ? 'all zeros, or values that are not finite'
      : zeros > 0
        ? 'all zeros'
        : 'values that are not finite';
  const they = rows.length === 1 ? 'It was' : 'They were';
  return {
    id: 'invalid-rows',
    severity: 'error',
    sentence: `${many} no direction (${named(rows, { labelOf: nameOf })}): ${why}. ${they} left out.`,
    rows,
    columns: [],
    fix: 'remove these rows or make them anew; they are often empty inputs or an overflow in half precision',
    cure: { id: 'drop-rows', rows },
  };
}

export function copiedRows({ copies, of }: Pick<Survey, 'copies' | 'of'>): Finding {
  const many = copies.length === 1 ? 'One row' : `${grouped(copies.length)} rows`;
  const verb = copies.length === 1 ? 'equals' : 'equal';
  return {
    id: 'copied-rows',
    severity: 'warning',
    sentence: `${many} of the ${grouped(of)} of the file ${verb} an earlier row in every number.`,
    rows: copies,
    columns: [],
    fix: 'keep one of each: copies fill the results of every search that finds one of them',
    cure: { id: 'drop-rows', rows: copies },
  };
}

function keptFacts(
  { classes, frequencies, scores, answers }: DoctorOptions,
  kept: readonly number[],
) {
  const places = new Map(kept.map((row, at) => [row, at]));
  const judgements = answers?.judgements.flatMap((judgement) => {
    const document = places.get(judgement.document);
    return document === undefined ? [] : [{ ...judgement, document }];
  });
  return {
    answers: answers && judgements && { ...answers, judgements },
    classes: classes && kept.map((i) => classes[i]),
    frequencies: frequencies && Float64Array.from(kept, (i) => frequencies[i]),
    scores: scores && Float64Array.from(kept, (i) => scores[i]),
    neighbors: undefined,
  };
}
