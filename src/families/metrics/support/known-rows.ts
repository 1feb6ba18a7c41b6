import { counted, grouped } from '../../../core/text.ts';
import type { MaybePromise } from '../../../engine/engine.ts';
import type { RowFacts, Space } from '../../../structures/space/types.ts';
import type { Measured, PerRow, Series } from '../types.ts';

/** What files write where a text is missing: as pandas reads it. */
const MISSING = new Set(' nan NaN -nan -NaN NA <NA> #NA #N/A N/A n/a null NULL None'.split(' '));

/** Whether this is how a missing class is written. */
export function isMissing(name: string): boolean {
  return MISSING.has(name.trim());
}

/** The rows of a space that have a class. */
interface KnownRows {
  readonly space: Space;
  readonly rows: Int32Array;
  readonly warning: string;
}

const known = new WeakMap<Space, Promise<KnownRows | undefined>>();

/** A number of the rows that have a class, where it is about classes: the others are left out, and it is said. */
export async function ofKnownRows(
  space: Space,
  needs: keyof RowFacts | undefined,
  numberOf: (space: Space) => MaybePromise<Measured>,
): Promise<Measured> {
  if (needs === 'scores' || needs === 'frequencies') {
    const what = needs === 'scores' ? 'score' : 'frequency';
    return withWarning(await numberOf(space), missingNumbers(space[needs], what));
  }
  const left = needs === 'classes' ? await rowsWithClass(space) : undefined;
  if (!left) return numberOf(space);
  if (left.rows.length === 0) return { value: NaN, warnings: [left.warning] };
  const found = await numberOf(left.space);
  return withWarning(asRowsOf(found, left.rows, space.points.rows), left.warning);
}

/** Undefined where every row has a class. */
function rowsWithClass(space: Space): Promise<KnownRows | undefined> {
  const found = known.get(space) ?? findRowsWithClass(space);
  known.set(space, found);
  return found;
}

async function findRowsWithClass(space: Space): Promise<KnownRows | undefined> {
  const { classes = [], points } = space;
  const rows = Int32Array.from(classes.keys()).filter((i) => !isMissing(classes[i]));
  // Classes that are not one for each row are refused by the number itself.
  const isWhole = rows.length === classes.length || classes.length !== points.rows;
  if (isWhole) return undefined;
  return { space: await space.among(rows), rows, warning: withoutClass(classes) };
}

function withoutClass(classes: readonly string[]): string {
  const missing = classes.filter(isMissing);
  const written = missing.map((name) => (name.trim() === '' ? 'empty' : `“${name.trim()}”`));
  const names = [...new Set(written)].join(', ');
  const left = missing.length === 1 ? 'was' : 'were';
  return `${missingOf(missing.length, classes.length)} no class (${names}) and ${left} left out.`;
}

function missingNumbers(numbers: Float64Array | undefined, what: string): string | undefined {
  const missing = numbers?.reduce((count, x) => count + (Number.isNaN(x) ? 1 : 0), 0) ?? 0;
  if (!numbers || missing === 0) return undefined;
  return `${missingOf(missing, numbers.length)} no ${what} and ${missing === 1 ? 'was' : 'were'} left out.`;
}

const missingOf = (missing: number, n: number) =>
  `${grouped(missing)} of ${counted(n, 'row', 'rows')} ${missing === 1 ? 'has' : 'have'}`;

function withWarning(found: Measured, warning: string | undefined): Measured {
  return warning ? { ...found, warnings: [...(found.warnings ?? []), warning] } : found;
}

/** What was found of some rows, as of all n: rows by their own numbers, values of the others not known. */
function asRowsOf(found: Measured, rows: Int32Array, n: number): Measured {
  const { rows: named, perRow, series } = found;
  return {
    ...found,
    ...(named ? { rows: named.map((i) => rows[i]) } : {}),
    ...(perRow ? { perRow: spreadOver(perRow, rows, n) } : {}),
    ...(series ? { series: renamed(series, rows) } : {}),
  };
}

function spreadOver(perRow: PerRow, rows: Int32Array, n: number): PerRow {
  return Object.fromEntries(
    Object.entries(perRow).map(([name, values]) => {
      const all = new Float64Array(n).fill(NaN);
      for (const [at, i] of rows.entries()) all[i] = values[at];
      return [name, all];
    }),
  );
}

function renamed(series: Series, rows: Int32Array): Series {
  if (series.xName !== 'row') return series;
  return { ...series, x: Array.from(series.x, (i) => rows[i]) };
}
