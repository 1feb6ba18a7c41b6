import { InputError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';

/** Vectors by name: words of a language, or the classes themselves. */
export interface NamedVectors {
  readonly names: readonly string[];
  readonly points: Matrix;
}

/** The vector of each class: that of its name, or the mean of those of the words in its name. */
export function classVectors(
  where: string,
  classes: readonly string[],
  { names, points }: NamedVectors,
): Matrix<Float64Array> {
  const rowOf = new Map<string, number>();
  for (const [row, name] of names.entries()) if (!rowOf.has(name)) rowOf.set(name, row);
  const { cols: d } = points;
  const out = zeros64(classes.length, d);
  for (const [c, name] of classes.entries()) {
    const own = rowOf.get(name);
    const rows = own === undefined ? wordRows(name, rowOf) : [own];
    if (rows.length === 0)
      throw new InputError(
        where,
        `there is no vector for the class ${JSON.stringify(name)} nor for a word of it among ${names.length} vectors (--vectors).`,
      );
    for (const row of rows)
      for (let k = 0; k < d; k++) out.data[c * d + k] += points.data[row * d + k] / rows.length;
  }
  return out;
}

const wordRows = (name: string, rowOf: ReadonlyMap<string, number>): number[] =>
  (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) => rowOf.get(word) ?? []);
