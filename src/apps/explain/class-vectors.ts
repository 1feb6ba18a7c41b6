import { InputError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';

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
  const rowsOf = classes.map((name) => {
    const own = rowOf.get(name);
    return own === undefined ? wordRows(name, rowOf) : [own];
  });
  requireAll(
    where,
    classes.filter((_, c) => rowsOf[c].length === 0),
    names.length,
  );
  for (const [c, rows] of rowsOf.entries()) {
    for (const row of rows)
      for (let k = 0; k < d; k++) out.data[c * d + k] += points.data[row * d + k] / rows.length;
  }
  return out;
}

/** So many of the missing are named. */
const MOST_NAMED = 5;

function requireAll(where: string, missing: readonly string[], count: number): void {
  if (missing.length === 0) return;
  const named = missing.slice(0, MOST_NAMED).map((name) => JSON.stringify(name));
  const some = missing.length > MOST_NAMED ? `${named.join(', ')} and others` : named.join(', ');
  const which = missing.length === 1 ? `the class ${some}` : `${missing.length} classes (${some})`;
  throw new InputError(
    where,
    `there is no vector for ${which} nor for a word of ${missing.length === 1 ? 'it' : 'them'} among ${counted(count, 'vector')} (--vectors).`,
  );
}

const wordRows = (name: string, rowOf: ReadonlyMap<string, number>): number[] =>
  (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) => rowOf.get(word) ?? []);
