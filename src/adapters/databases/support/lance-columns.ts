import { InputError } from '../../../core/errors.ts';
import { float16Values } from '../../../core/float16.ts';
import type { ArrowBatch, ArrowField } from './lance-packages.ts';
import { refuseColumn } from './parameters.ts';

const NUMBERS = /^(?:Float|U?[Ii]nt)\d+$/;
const TEXTS = /^(?:Large)?Utf8$|^Bool$|^(?:Date|Timestamp)|^Dictionary<.*Utf8/;

/** How a column comes: numbers, texts, or not at all. */
export function kindOf({ type }: ArrowField): 'number' | 'text' | undefined {
  const text = String(type);
  if (NUMBERS.test(text)) return 'number';
  return TEXTS.test(text) ? 'text' : undefined;
}

/** Whether whole numbers of the type may be beyond those of float64. */
export const isWide = ({ type }: ArrowField): boolean => /^U?[Ii]nt64$/.test(String(type));

export const isVector = ({ type }: ArrowField): boolean =>
  type.listSize !== undefined && /^Float(?:16|32|64)$/.test(String(type.children?.[0]?.type));

/** The column of the vectors: the one that was named, or the only one. */
export function vectorField(
  name: string,
  fields: readonly ArrowField[],
  wanted: string | undefined,
): ArrowField {
  const columns = fields.map((own) => own.name);
  if (wanted !== undefined) {
    const found = fields.find((own) => own.name === wanted);
    if (!found) return refuseColumn(name, wanted, columns);
    if (isVector(found)) return found;
    throw new InputError(
      name,
      `the column "${wanted}" is ${String(found.type)}; expected a list of fixed size of Float32, Float16 or Float64.`,
    );
  }
  const all = fields.filter(isVector);
  if (all.length === 1) return all[0];
  const shown = fields.map((own) => `${own.name} ${String(own.type)}`).join(', ');
  throw new InputError(
    name,
    all.length === 0
      ? `the table has no column of vectors; its columns are ${shown}.`
      : `the table has several columns of vectors (${all.map((own) => own.name).join(', ')}): say which by ?vector=NAME.`,
  );
}

/** Writes the vectors of a batch to `out` from place `to` on. */
export function vectorsInto(batch: ArrowBatch, field: ArrowField, out: Float32Array, to: number) {
  const values = batch.getChild(field.name)?.data[0]?.children[0]?.values;
  const count = batch.numRows * (field.type.listSize ?? 0);
  if (!values || count === 0) return;
  const own = values.subarray(0, count);
  if (own instanceof Uint16Array) {
    const halves = float16Values();
    for (let i = 0; i < count; i++) out[to + i] = halves[own[i]];
  } else out.set(own, to);
}

/** A cell as a text; what is missing is empty. */
export function textOf(value: unknown, { type }: ArrowField): string {
  if (value === null || value === undefined) return '';
  if (/^(?:Date|Timestamp)/.test(String(type)))
    return new Date(Number(value)).toISOString().replace('T00:00:00.000Z', '');
  return String(value as string);
}

export const numberOf = (value: unknown): number =>
  value === null || value === undefined ? Number.NaN : Number(value);
