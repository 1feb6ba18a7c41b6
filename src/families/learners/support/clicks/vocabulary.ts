import { InputError } from '../../../../core/errors.ts';
import { byFrequency, type Field } from '../../../tables/index.ts';
import type { CategoryField } from '../../types.ts';

/** The values of a field that have an id, the most frequent first; one more id is for all others. */
export interface Vocabulary {
  readonly name: string;
  readonly values: readonly string[];
}

/** What stands for values that are rare or new, in lists of all ids. */
export const OTHER = '(other)';

/** Vocabularies of the values that come `minCount` times or more among these examples, and their counts by id. */
export function vocabulariesOf(
  where: string,
  fields: readonly CategoryField[],
  rows: Int32Array,
  minCount: number,
): { readonly vocabularies: readonly Vocabulary[]; readonly fields: readonly Field[] } {
  const made = fields.map(({ name, values }) => {
    const numbered = byFrequency(
      name,
      Array.from(rows, (row) => values[row]),
    );
    if (numbered.values.includes(OTHER))
      throw new InputError(
        where,
        `the field "${name}" has the value "${OTHER}", the name of all that have no id; call it otherwise, or leave it empty.`,
      );
    const { counts } = numbered.field;
    const known = counts.findIndex((count) => count < minCount);
    const size = known < 0 ? counts.length : known;
    if (size === 0)
      throw new InputError(
        where,
        `no value of the field "${name}" comes ${minCount} times; lower minCount (--min-count).`,
      );
    const kept = counts.slice(0, size);
    const others = counts.slice(size).reduce((a, b) => a + b, 0);
    return {
      vocabulary: { name, values: numbered.values.slice(0, size) },
      // The others have the last id, and count at most as its neighbour does: ids go by frequency.
      field: {
        name,
        size: size + 1,
        counts: Int32Array.of(...kept, Math.min(others, kept[size - 1])),
      },
    };
  });
  return {
    vocabularies: made.map(({ vocabulary }) => vocabulary),
    fields: made.map(({ field }) => field),
  };
}

/** The ids of the examples' values, field by field. */
export function idsOf(
  where: string,
  vocabularies: readonly Vocabulary[],
  fields: readonly CategoryField[],
): readonly Int32Array[] {
  return vocabularies.map(({ name, values }) => {
    const field = fields.find((own) => own.name === name);
    if (!field) throw new InputError(where, `the field "${name}" of the model is missing.`);
    const places = new Map(values.map((value, id) => [value, id]));
    return Int32Array.from(field.values, (value) => places.get(value) ?? values.length);
  });
}

const YES = ['1', 'true', 'yes', 'y', 't', '+1', 'positive', 'click', 'clicked'];
const NO = ['0', 'false', 'no', 'n', 'f', '-1', 'negative', 'none'];

/** Classes of two kinds as 1 and 0. */
export function clicksOf(where: string, classes: readonly string[]): Uint8Array {
  const names = [...new Set(classes)];
  const isYes = (name: string) => YES.includes(name.trim().toLowerCase());
  const odd = names.find((name) => !isYes(name) && !NO.includes(name.trim().toLowerCase()));
  if (odd !== undefined)
    throw new InputError(
      where,
      `classes must be yes or no (1 and 0, true and false, …); got ${JSON.stringify(odd)}.`,
    );
  const clicks = Uint8Array.from(classes, (name) => (isYes(name) ? 1 : 0));
  if (new Set(clicks).size < 2)
    throw new InputError(where, `all examples are ${JSON.stringify(names[0])}; both are needed.`);
  return clicks;
}
