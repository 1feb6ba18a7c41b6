import { isVectorName } from './column-names.ts';
import { isVectorRecord, vectorOf } from './vector-cells.ts';

/** The fields of an object; names are told by `Object.hasOwn`, so `__proto__` is one as any other. */
export type Row = Readonly<Record<string, unknown>>;

/** Deepest field that is looked for without being named. */
const DEEPEST = 8;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function child(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(key) ? (value[Number(key)] as unknown) : undefined;
  return isRow(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The field of this name; else what a dotted path leads to: `response.body.data.0.embedding`. */
export function fieldOf(row: Row, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name];
  return name.includes('.') ? name.split('.').reduce<unknown>(child, row) : undefined;
}

/** Where a path goes through a list that has more than one item: the path to it, and how many. */
export function severalOn(row: Row, path: string): { at: string; count: number } | undefined {
  let value: unknown = row;
  const parts = path.split('.');
  for (const [i, part] of parts.entries()) {
    if (Array.isArray(value) && value.length > 1) {
      return { at: parts.slice(0, i).join('.'), count: value.length };
    }
    value = child(value, part);
  }
  return undefined;
}

/** The value without what the path leads to; what lies beside the path is shared, not copied. */
export function without(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (Array.isArray(value)) {
    return value.map((item: unknown, i) => (String(i) === key ? without(item, rest) : item));
  }
  if (!isRow(value) || !Object.hasOwn(value, key)) return value;
  const entries = Object.entries(value).filter(([name]) => name !== key || rest.length > 0);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, name === key ? without(item, rest) : item]),
  );
}

/** A nested field that its name, or the one above it, makes a vector. */
export interface NestedField {
  readonly path: string;
  /** Whether it has the name itself. */
  readonly isNamed: boolean;
}

/** The fields inside the fields of a row that are meant as vectors. */
export function nestedVectors(row: Row): NestedField[] {
  const found: NestedField[] = [];
  const visit = (value: unknown, path: string, depth: number, isInside: boolean): void => {
    if (depth > DEEPEST) return;
    if (Array.isArray(value)) {
      if (isRow(value[0])) visit(value[0], `${path}.0`, depth + 1, isInside);
      return;
    }
    if (!isRow(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = path === '' ? key : `${path}.${key}`;
      const isNamed = isVectorName(key);
      const isVector = Array.isArray(inner) || isNamed || isInside;
      const isRead = isVector && isVectorAlone(inner);
      if (depth > 0 && (isRead ? isNamed || isInside : isNamed)) found.push({ path: at, isNamed });
      if (!isRead && !isVectorRecord(inner)) visit(inner, at, depth + 1, isNamed || isInside);
    }
  };
  visit(row, '', 0, false);
  return found;
}

const isVectorAlone = (value: unknown): boolean => {
  const decoded = vectorOf(value);
  return decoded !== null && typeof decoded !== 'string';
};
