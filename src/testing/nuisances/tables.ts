import type { Dice } from './dice.ts';
import type { Draft } from './lines.ts';
import { numberText, type Rows, rowsOf } from './rows.ts';

type HeaderKind =
  | 'none'
  | 'x'
  | 'words'
  | 'counted'
  | 'pandas'
  | 'index'
  | 'from 100'
  | 'text order';

const HEADERS: readonly HeaderKind[] = [
  'none',
  'none',
  'x',
  'words',
  'counted',
  'pandas',
  'index',
  'from 100',
  'text order',
];

const GREEK = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta'];

/** Names of the d columns, in the order of the vector. */
function namesOf(kind: HeaderKind, d: number): string[] {
  return Array.from({ length: d }, (_, i) => {
    if (kind === 'words') return GREEK[i] ?? `name-${String.fromCharCode(97 + i)}`;
    if (kind === 'pandas' || kind === 'index') return String(i);
    if (kind === 'from 100') return `dim_${100 + i}`;
    return kind === 'x' ? `x${i}` : `dim_${i}`;
  });
}

/** Labels that numbers stand for need a name that says so. */
const isNumeric = ({ kind, labels }: Rows): boolean =>
  kind === 'wholes' || (labels?.every((label) => /^[\d.,e+-]*$/.test(label.trim())) ?? false);

function headerKindOf(dice: Dice, rows: Rows): HeaderKind {
  const kind = dice.oneOf(HEADERS);
  const isPlain = rows.style === 'whole' || rows.style === 'mixed';
  // Without names, nothing tells whole labels from whole coordinates.
  if (kind === 'none' && isNumeric(rows) && (isPlain || rows.numbers.length < 2)) return 'x';
  if (kind === 'none' && rows.labels && isNumeric(rows) && rows.kind !== 'wholes') return 'x';
  if (kind === 'none' && rows.numbers[0].length < 2) return 'x';
  if (kind === 'index' && rows.labels) return 'pandas';
  if (kind === 'pandas' && !rows.labels && rows.numbers[0].length < 2) return 'x';
  return kind;
}

/** The table as records of fields. */
interface Records {
  readonly head: readonly string[] | null;
  readonly body: readonly (readonly string[])[];
}

function recordsOf(dice: Dice, rows: Rows, kind: HeaderKind, nuisances: string[]): Records {
  const d = rows.numbers[0].length;
  const order = Array.from({ length: d }, (_, i) => i);
  const names = namesOf(kind, d);
  if (kind === 'text order') order.sort((a, b) => (names[a] < names[b] ? -1 : 1));
  const hasFreq =
    d > 1 && ['x', 'counted', 'from 100', 'text order'].includes(kind) && dice.chance(0.4);
  const isLast = dice.chance(0.25);
  const labelName =
    isNumeric(rows) || dice.chance(0.6) ? 'label' : dice.oneOf(['word', 'animal', 'token']);
  const columns: { name: string; values: readonly string[] }[] = order.map((i) => ({
    name: names[i],
    values: rows.numbers.map((row) => row[i]),
  }));
  if (hasFreq)
    columns.push({ name: 'freq', values: rows.numbers.map(() => String(dice.from(1, 999))) });
  if (kind === 'index')
    columns.unshift({ name: '', values: rows.numbers.map((_, i) => String(i)) });
  if (rows.labels)
    columns.splice(isLast ? columns.length : 0, 0, { name: labelName, values: rows.labels });
  const isNamed = kind !== 'none' && kind !== 'pandas' && kind !== 'index';
  if (isNamed && dice.chance(0.05) && columns.length > 2) {
    nuisances.push('name twice');
    columns[columns.length - 1].name = columns[columns.length - 2].name;
  }
  if (isNamed && kind !== 'words' && d > 3 && !rows.labels && dice.chance(0.1)) {
    nuisances.push('gap in the counting');
    columns.splice(
      columns.findIndex(({ name }) => name === names[1]),
      1,
    );
  }
  return {
    head: kind === 'none' ? null : columns.map(({ name }) => name),
    body: rows.numbers.map((_, i) => columns.map(({ values }) => values[i])),
  };
}

/** What can be wrong with a value of a row. */
function disturb(
  dice: Dice,
  body: string[][],
  rows: Rows,
  hasHead: boolean,
  nuisances: string[],
): void {
  // An empty line is no row.
  if (body.length < 4 || body[0].length < 2 || dice.chance(0.75)) return;
  const row = dice.from(0, body.length - 1);
  const values = new Set(rows.numbers[row]);
  const at = body[row].findIndex((text) => values.has(text) && dice.chance(0.5));
  if (at < 0 || rows.labels?.[row] === body[row][at]) return;
  // With one column of numbers a first row without a number is a line of names.
  if (!hasHead && row === 0 && rows.numbers[0].length < 2) return;
  const what = dice.oneOf(['empty', 'NA', 'null', 'short', 'long', 'oops']);
  nuisances.push(`${what} in row ${row}`);
  if (what === 'short') body[row].splice(at, 1);
  else if (what === 'long') body[row].splice(at, 0, numberText(dice, rows.style));
  else body[row][at] = what === 'empty' ? '' : what;
}

const COMMENTS = [
  '# created 2024-01-01, model all-MiniLM',
  '#',
  '# a; b',
  '# vectors\tof words',
  '# rows: many',
];

/** CSV in one of its dialects. */
export function tableOf(dice: Dice): Draft {
  const drawn = rowsOf(dice, false);
  const hasBreaks = dice.chance(0.05);
  const labels = hasBreaks
    ? drawn.labels?.map((label, i) => (i % 2 === 1 ? `${label}\n${label}` : label))
    : drawn.labels;
  const rows = { ...drawn, labels };
  const kind = headerKindOf(dice, rows);
  const delimiter = dice.oneOf([',', ',', '\t', ';', ';', '|']);
  const hasCommas = delimiter !== ',' && rows.style !== 'whole' && dice.chance(0.3);
  const nuisances: string[] = [
    `table ${JSON.stringify(delimiter)}`,
    `header ${kind}`,
    rows.style,
    String(rows.kind),
  ];
  if (hasCommas) nuisances.push('decimal commas');
  const { head, body } = recordsOf(dice, rows, kind, nuisances);
  const fields = body.map((row) => [...row]);
  disturb(dice, fields, rows, head !== null, nuisances);
  const quotes = dice.oneOf(['needed', 'needed', 'needed', 'texts', 'all', 'never'] as const);
  if (quotes === 'never' && (hasBreaks || !canStandBare(rows, delimiter))) return tableOf(dice);
  const newline = dice.chance(0.15) ? '\r\n' : '\n';
  const written = (text: string): string => {
    const isText = rows.labels?.includes(text) ?? false;
    const value =
      hasCommas && /^-?\d+\.\d+(e[+-]\d+)?$/.test(text) && !isText ? text.replace('.', ',') : text;
    const needs = value.includes(delimiter) || /["\r\n]/.test(value);
    const quoted =
      quotes === 'all' || (quotes === 'texts' && isText) || (quotes !== 'never' && needs);
    return quoted ? `"${value.replaceAll('"', '""')}"` : value;
  };
  const lines = fields.map((row) => row.map(written));
  const before: string[] = [];
  if (dice.chance(0.1)) {
    nuisances.push('comment');
    before.push(dice.oneOf(COMMENTS));
  }
  if (lines.length > 3 && dice.chance(0.03)) {
    nuisances.push('preamble');
    before.push('Vectors of words');
  }
  if (head) before.push(head.map(written).join(delimiter));
  const start = [...before, ...lines.slice(0, -1).map((line) => line.join(delimiter))]
    .map((line) => line + newline)
    .join('');
  const last = lines[lines.length - 1];
  const end = dice.chance(0.8) ? newline : dice.chance(0.5) ? '' : newline + newline;
  const isCuttable =
    lines.length >= 4 && last.length === lines[0].length && last.length === lines[1].length;
  const cuts = isCuttable
    ? last.slice(1).map((_, k) => start.length + last.slice(0, k + 1).join(delimiter).length)
    : [];
  // An empty line is no row.
  if (last[0].trim() === '') cuts.splice(0);
  const endsInNumber = body[body.length - 1].at(-1) === rows.numbers[body.length - 1].at(-1);
  // Digits that are missing show where all numbers have as many.
  if (isCuttable && endsInNumber && rows.style === 'fixed' && quotes !== 'all') {
    const whole = start.length + last.join(delimiter).length;
    const isEnough = (lines.length - 1) * rows.numbers[0].length >= 60;
    if (isEnough && kind !== 'text order') cuts.push(whole - 1, whole - 2, whole - 3);
  }
  return { text: start + last.join(delimiter) + end, rows, nuisances, cuts };
}

/** Whether labels stand for themselves without marks: a mark at both ends would enclose. */
function canStandBare({ labels }: Rows, delimiter: string): boolean {
  return labels?.every((label) => !label.includes(delimiter)) ?? true;
}
