import { InputError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import type { Field, Fields } from '../types.ts';

/** Refuses fields that no table can be made for. */
export function checkedFields(id: string, { fields }: Fields, byFrequency: boolean) {
  if (fields.length === 0) throw new InputError(id, 'there are no fields; one or more are needed.');
  const names = new Set<string>();
  for (const field of fields) {
    const { name, size } = field;
    if (names.has(name)) throw new InputError(id, `two fields have the name "${name}".`);
    names.add(name);
    if (!Number.isSafeInteger(size) || size < 1)
      throw new InputError(
        id,
        `the field "${name}" must have a whole number of ids from 1 on; got ${size}.`,
      );
    if (field.vectors && field.vectors.rows !== size)
      throw new ShapeError(
        id,
        `${size} vectors of the field "${name}", one an id`,
        `${field.vectors.rows}`,
      );
    if (field.vectors) requireFinite(id, field.vectors);
    requireCounts(id, field, byFrequency);
  }
  return fields;
}

function requireCounts(id: string, { name, size, counts }: Field, byFrequency: boolean): void {
  if (!counts) {
    if (!byFrequency) return;
    throw new InputError(
      id,
      `counts of the field "${name}" are needed: frequent ids get more than rare ones.`,
    );
  }
  if (counts.length !== size)
    throw new ShapeError(id, `${size} counts of the field "${name}"`, `${counts.length}`);
  for (let i = 0; i < size; i++) {
    if (!(counts[i] >= 0 && counts[i] < Infinity))
      throw new InputError(id, `id ${i} of the field "${name}" has the count ${counts[i]}.`);
    if (byFrequency && i > 0 && counts[i] > counts[i - 1])
      throw new InputError(
        id,
        `ids of the field "${name}" must go from the most frequent on; id ${i} comes more often than id ${i - 1} (byFrequency numbers them so).`,
      );
  }
}
