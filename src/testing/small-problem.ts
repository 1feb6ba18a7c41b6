import { gathered, type Matrix, matrix } from '../core/matrix.ts';

/** A law of `laws.ts` that a method can be exempt from. */
export type Law = 'row order' | 'float32' | 'abort';

/** A problem of a few rows on which a method is held to the laws. */
export interface SmallProblem {
  readonly input: unknown;
  readonly options?: Readonly<Record<string, unknown>>;
  /** What the run gets besides an engine: a seed, facts about the rows. */
  readonly run?: Readonly<Record<string, unknown>>;
  /** Laws that the method does not keep, each with the reason. */
  readonly exempt?: Readonly<Partial<Record<Law, string>>>;
}

function isMatrix(value: unknown): value is Matrix {
  return typeof value === 'object' && value !== null && 'data' in value && 'rows' in value;
}

/** Numbers or words by row, or anything else that a row owns. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

/** The value with every matrix in it, at any depth, replaced. */
export function withMatrices(value: unknown, replaced: (m: Matrix) => Matrix): unknown {
  if (isMatrix(value)) return replaced(value);
  if (typeof value !== 'object' || value === null || isList(value)) return value;
  // Manifolds and objectives are things with methods, not data.
  if (Object.values(value).some((own) => typeof own === 'function')) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [key, withMatrices(own, replaced)]),
  );
}

/** Every matrix in the value. */
export function matricesIn(value: unknown): Matrix[] {
  const found: Matrix[] = [];
  withMatrices(value, (m) => {
    found.push(m);
    return m;
  });
  return found;
}

/** Rounded to float32. */
export function narrowed(value: unknown): unknown {
  return withMatrices(value, (m) => matrix(Float32Array.from(m.data), m.rows, m.cols));
}

/**
 * The value with its rows in another order: row i of every matrix of n rows, and place i of every list of n,
 * becomes row order[i]; judgements name their documents anew, and partners their rows.
 */
export function reordered(value: unknown, order: Int32Array): unknown {
  const n = order.length;
  if (isMatrix(value)) return value.rows === n ? gathered(value, order) : value;
  if (isList(value)) {
    if (value.length !== n) return value;
    if (value instanceof Int32Array) return order.map((i) => value[i]);
    return Array.isArray(value)
      ? Array.from(order, (i) => value[i])
      : Float64Array.from(order, (i) => value[i] as number);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Object.values(value).some((own) => typeof own === 'function')) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [
      key,
      renaming[key]?.(own as never, order) ?? reordered(own, order),
    ]),
  );
}

/** What names rows by number, besides lying by row. */
const renaming: Readonly<Record<string, (own: never, order: Int32Array) => unknown>> = {
  judgements: renamed,
  partners: (own: Int32Array, order) => order.map((i) => order.indexOf(own[i])),
};

interface Judged {
  readonly document: number;
}

function renamed(judgements: readonly Judged[], order: Int32Array): readonly Judged[] {
  return judgements.map((judged) => ({ ...judged, document: order.indexOf(judged.document) }));
}
