import { TammesError } from '../../core/errors.ts';
import { read, type VectorTable } from '../../io/index.ts';
import { arrowCase } from './arrow.ts';
import { safetensorsCase, vecsCase } from './binaries.ts';
import { Choice } from './choice.ts';
import { jsonCase } from './json.ts';
import { npyCase, npzCase } from './numpy.ts';
import { parquetCase } from './parquet.ts';
import type { Expected, StructuredCase } from './table.ts';

const KINDS = [
  jsonCase,
  jsonCase,
  npyCase,
  npzCase,
  safetensorsCase,
  vecsCase,
  parquetCase,
  arrowCase,
];

/** A random table in a structured format, with what people's files have; the same for the same number. */
export function structuredCase(seed: number): StructuredCase {
  const choice = new Choice(seed);
  return choice.of(KINDS)(choice);
}

/** Why a table is not the expected one; undefined where it is. */
function difference({ points, labels }: VectorTable, expected: Expected): string | undefined {
  const [rows, cols] = [expected.points.length, expected.points[0].length];
  if (points.rows !== rows || points.cols !== cols) {
    return `${points.rows} × ${points.cols} instead of ${rows} × ${cols}`;
  }
  const at = expected.points.flat().findIndex((x, i) => !Object.is(points.data[i], Math.fround(x)));
  if (at >= 0) return `value ${at} is ${points.data[at]} instead of ${expected.points.flat()[at]}`;
  if (expected.labels && JSON.stringify(labels) !== JSON.stringify(expected.labels)) {
    return `labels ${JSON.stringify(labels)} instead of ${JSON.stringify(expected.labels)}`;
  }
  return undefined;
}

/** What is wrong with how a case is read; undefined where it is read rightly or refused in one sentence. */
export async function structuredFault(seed: number): Promise<string | undefined> {
  const { what, bytes, options, expected, isRead } = structuredCase(seed);
  const said = (fault: string): string => `case ${seed} (${what}): ${fault}`;
  try {
    const table = await read(bytes, options);
    if (!expected)
      return said(
        `read as ${table.points.rows} × ${table.points.cols}, where nothing right is left`,
      );
    const fault = difference(table, expected);
    return fault && said(fault);
  } catch (error) {
    if (!(error instanceof TammesError)) return said(`threw ${String(error)}`);
    if (expected && isRead) return said(`refused: ${error.message}`);
    if (error.code === 'internal' || /undefined|\[object|\n/.test(error.message))
      return said(error.message);
    return undefined;
  }
}

/** The faults of `count` cases from `first` on, at most `most` of them. */
export async function structuredFaults(count: number, first = 0, most = 20): Promise<string[]> {
  const faults: string[] = [];
  for (let seed = first; seed < first + count && faults.length < most; seed++) {
    const fault = await structuredFault(seed);
    if (fault) faults.push(fault);
  }
  return faults;
}
