import { type ByteSource, type ReadOptions, refuse } from '../contract.ts';
import { isLabelName } from './column-names.ts';
import { COMMA_NUMBER, POINTED_THOUSANDS } from './line-shape.ts';
import { numberOf, type Point } from './numbers.ts';
import type { Selection } from './select.ts';

type Records = readonly (readonly string[])[];

const COMMA: Point = 0x2c;
const POINT: Point = 0x2e;

const isWhole = (text: string): boolean => /^[+-]?\d+$/.test(text);

/** `1,234` may be a thousand or one and a bit. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;

/**
 * Whether the numbers of a table have decimal commas: a column holds some, and none has points.
 * Refuses a table where that cannot be told.
 */
export function pointOf(source: ByteSource, records: Records, { label }: ReadOptions): Point {
  const rows = records.length > 1 ? records.slice(1) : records;
  const columns = (records[0] ?? []).map((name, i) => ({
    name,
    number: i + 1,
    isLabel: isLabelName(name) || label === name || label === String(i + 1),
    there: rows.map((row) => (row[i] ?? '').trim()).filter((text) => text !== ''),
  }));
  const commas = columns.filter(
    ({ isLabel, there }) =>
      !isLabel &&
      there.some((text) => COMMA_NUMBER.test(text)) &&
      there.every((text) => COMMA_NUMBER.test(text) || isWhole(text)),
  );
  requireNoThousands(source, columns);
  if (commas.length === 0) return POINT;
  const numbers = columns.filter(
    ({ there }) => there.length > 0 && there.every((text) => numberOf(text) !== undefined),
  );
  const dotted = numbers.filter(({ there }) => !there.every(isWhole));
  const [{ number, there }] = commas;
  const example = there.find((text) => COMMA_NUMBER.test(text));
  if (dotted.length > 0) {
    if (commas.length === 1 && number === 1) return POINT;
    refuse(
      source,
      `column ${number} has decimal commas (${example}), but column ${dotted[0].number} has points.`,
    );
  }
  if (commas.length === 1 && numbers.length > 0 && number === 1 && label !== false) {
    refuse(
      source,
      `column 1 holds texts such as ${example}, which could be labels or numbers with decimal commas; say which (--label 1 or --no-label).`,
    );
  }
  const texts = commas.flatMap((column) => column.there).filter((text) => !isWhole(text));
  if (texts.every((text) => THOUSANDS.test(text))) {
    refuse(
      source,
      `the commas in numbers such as ${example} could be decimal or part thousands; write them with points.`,
    );
  }
  return COMMA;
}

function requireNoThousands(
  source: ByteSource,
  columns: readonly { readonly number: number; readonly there: readonly string[] }[],
): void {
  for (const { number, there } of columns) {
    const example = there.find((text) => POINTED_THOUSANDS.test(text));
    const isPlain = (text: string): boolean => COMMA_NUMBER.test(text) || isWhole(text);
    if (!example || !there.every((text) => POINTED_THOUSANDS.test(text) || isPlain(text))) continue;
    refuse(
      source,
      `column ${number} has points between thousands (${example}); write the numbers without them.`,
    );
  }
}

interface Column {
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * Refuses a table where a column that nearly holds numbers would be left out of the vector: for a
 * text in the place of a value, or for commas that part thousands.
 */
export function requireWholeColumns(
  source: ByteSource,
  columns: readonly Column[],
  selection: Selection,
  hasHeader: boolean,
  isNumber: (text: string) => boolean,
  { vector, label }: ReadOptions,
): void {
  if (vector !== undefined || selection.isList) return;
  if (hasHeader && isCountedFamily(selection.vector.map((i) => columns[i].name))) return;
  requireNoIndex(source, columns, selection, hasHeader, label);
  const coordinates = selection.vector.flatMap((i) => columns[i].values);
  const areFractions =
    2 * coordinates.filter((text) => !isWhole(text.trim())).length >= coordinates.length;
  const isNumeric = (column: Column): boolean =>
    column.values.every((text) => text.trim() === '' || isNumber(text));
  for (const i of [selection.label, ...selection.others]) {
    if (i < 0) continue;
    const { name, values } = columns[i];
    if (label === name || (hasHeader && isLabelName(name))) continue;
    const there = values.filter((text) => text.trim() !== '');
    const numbers = there.filter(
      (text) => isNumber(text) || THOUSANDS.test(text.trim()) || COMMA_NUMBER.test(text.trim()),
    );
    if (numbers.length * 2 < there.length || there.every(isNumber)) continue;
    // Words and whole numbers beside fractions are labels, as in any vocabulary.
    const isVocabulary = areFractions && numbers.every((text) => /^\d+$/.test(text.trim()));
    const isOnly = i === selection.label && selection.others.every((k) => isNumeric(columns[k]));
    if (isVocabulary && isOnly && !(hasHeader && isWhole(name))) continue;
    const odd =
      there.find((text) => !numbers.includes(text)) ?? there.find((text) => !isNumber(text));
    const row = values.indexOf(odd ?? '');
    refuse(
      source,
      `row ${row + 1}, column ${JSON.stringify(name)} is ${JSON.stringify(values[row].slice(0, 40))}, where most rows have numbers; mend it, or name the vector's columns (--vector) or the label (--label).`,
    );
  }
}

/** Whether several names are one prefix, not empty, and numbers. */
function isCountedFamily(names: readonly string[]): boolean {
  const prefixes = new Set(names.map((name) => /^(.+?)\d+$/.exec(name)?.[1]));
  return names.length > 1 && prefixes.size === 1 && !prefixes.has(undefined);
}

/** Refuses rows without names of which only the first or the last column holds whole numbers. */
function requireNoIndex(
  source: ByteSource,
  columns: readonly Column[],
  { vector, label: labelColumn }: Selection,
  hasHeader: boolean,
  label: string | false | undefined,
): void {
  if (hasHeader || label !== undefined || labelColumn >= 0) return;
  if (vector.length < 2) return;
  const wholes = columns.map(({ values }) => {
    const there = values.filter((text) => text.trim() !== '');
    return there.filter((text) => isWhole(text.trim())).length / Math.max(1, there.length);
  });
  const odd = [0, columns.length - 1].find(
    (i) => wholes[i] === 1 && wholes.every((share, k) => k === i || share <= 0.1),
  );
  if (odd === undefined) return;
  refuse(
    source,
    `column ${odd + 1} holds whole numbers and the others do not: it could be the label or belong to the vector; say which (--label ${odd + 1} or --no-label).`,
  );
}
