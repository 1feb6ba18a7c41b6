import { InputError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import type { Spaces } from '../types.ts';

/** What a fit to these pairs cannot know, in sentences; refuses pairs whose rows are all the same on one side. */
export function remarksOn(id: string, { paired, pairs }: Spaces): string[] {
  if (pairs.a.length === 0) return [];
  const sides = [
    ['A', paired.a],
    ['B', paired.b],
  ] as const;
  return sides
    .flatMap(([name, points]) => remarksOnSide(id, name, points))
    .concat(repeatedPairs(pairs), fewPairs(paired));
}

function repeatedPairs({ a, b }: Spaces['pairs']): string[] {
  const repeats = a.length - new Set(Array.from(a, (row, at) => `${row} ${b[at]}`)).size;
  if (repeats === 0) return [];
  return [
    `${repeats} of ${a.length} pairs repeat others: a pair counts as often as it stands there.`,
  ];
}

function remarksOnSide(id: string, name: string, points: Matrix): string[] {
  const { rows: p, cols: d } = points;
  const constant = constantColumns(points);
  if (p > 1 && constant.length === d)
    throw new InputError(
      id,
      `all ${p} paired rows of ${name} are the same; expected pairs whose rows differ.`,
    );
  const empty = zeroRows(points);
  const remarks: string[] = [];
  if (constant.length > 0)
    remarks.push(
      `${constant.length} of ${d} columns of ${name} are constant in the pairs, the first is column ${constant[0]}: the map says nothing about them.`,
    );
  if (empty.length > 0)
    remarks.push(
      `${empty.length} of ${p} paired rows of ${name} are zero, the first is that of pair ${empty[0]}: they have no direction.`,
    );
  return remarks;
}

function fewPairs({ a, b }: Spaces['paired']): string[] {
  const most = Math.max(a.cols, b.cols);
  if (a.rows > most) return [];
  return [
    `${a.rows} pairs do not determine a map between ${a.cols} and ${b.cols} dimensions: more than ${most} pairs would.`,
  ];
}

function constantColumns({ data, rows: p, cols: d }: Matrix): number[] {
  const columns: number[] = [];
  for (let c = 0; c < d; c++) {
    let i = 1;
    while (i < p && data[i * d + c] === data[c]) i++;
    if (p > 1 && i === p) columns.push(c);
  }
  return columns;
}

function zeroRows({ data, rows: p, cols: d }: Matrix): number[] {
  const found: number[] = [];
  for (let i = 0; i < p; i++) {
    let c = 0;
    while (c < d && data[i * d + c] === 0) c++;
    if (c === d) found.push(i);
  }
  return found;
}
