import type { Matrix } from '../core/matrix.ts';
import { gathered } from '../core/matrix.ts';
import type { RunControls } from '../core/run.ts';
import { examine, type Finding } from '../doctor/index.ts';
import type { VectorTable } from '../io/table.ts';
import { type MeasureOptions, measureInDetail } from './measure.ts';
import type { Inspection } from './report.ts';

export interface DoctorOptions extends MeasureOptions {
  /** Name of the file, for the commands that findings advise. Default: `FILE`. */
  readonly source?: string | undefined;
  readonly labels?: readonly string[] | undefined;
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
  input: Matrix | VectorTable,
  options: DoctorOptions = {},
  run: RunControls = {},
): Promise<Diagnosis> {
  const raw = 'points' in input ? input.points : input;
  const labels = options.labels ?? ('points' in input ? input.labels : undefined);
  const { kept, invalid } = sorted(raw);
  const findings = invalid.length > 0 ? [invalidRows(invalid)] : [];
  if (kept.length === 0) return { inspection: undefined, findings };
  const whole = invalid.length === 0;
  const points = whole ? raw : gathered(raw, kept);
  const facts = whole ? {} : keptFacts(options, kept);
  const settings = { metrics: ['all'], ...options, ...facts };
  const found = await measureInDetail(points, settings, run);
  const inspection = whole ? found : renumbered(found, kept);
  const rows = new Map(inspection.measurement.metrics.map((row) => [row.id, row]));
  const more = examine({
    source: options.source ?? 'FILE',
    n: points.rows,
    d: points.cols,
    metric: (id) => rows.get(id),
    labelOf: (row) => labels?.[row] ?? `row ${row}`,
  });
  return { inspection, findings: [...findings, ...more] };
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

function invalidRows(rows: readonly number[]): Finding {
  const many = rows.length === 1 ? 'One row has' : `${rows.length} rows have`;
  return {
    id: 'invalid-rows',
    severity: 'error',
    sentence: `${many} no direction: all zeros, or values that are not finite. They were left out.`,
    rows,
    columns: [],
    fix: 'remove these rows or make them anew; they are often empty inputs or an overflow in half precision',
  };
}

function keptFacts({ classes, frequencies }: DoctorOptions, kept: readonly number[]) {
  return {
    classes: classes && kept.map((i) => classes[i]),
    frequencies: frequencies && Float64Array.from(kept, (i) => frequencies[i]),
    neighbors: undefined,
  };
}

/** Rows of the metrics by their numbers in the file. */
function renumbered({ measurement, details }: Inspection, kept: readonly number[]): Inspection {
  const metrics = measurement.metrics.map((row) => ({
    ...row,
    rows: row.rows?.map((i) => kept[i]),
  }));
  return { measurement: { ...measurement, metrics }, details };
}
