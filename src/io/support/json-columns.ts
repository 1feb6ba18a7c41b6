import type { ReadOptions } from '../contract.ts';
import type { Candidate } from './candidates.ts';
import { columnKind } from './column-kind.ts';
import { isVectorName } from './column-names.ts';
import { fieldOf, nestedVectors, type Row } from './json-paths.ts';

/** The columns of objects: their fields, nested ones that are vectors, and what the caller names. */
export function jsonColumns(rows: readonly Row[], options: ReadOptions): Candidate[] {
  const { vector, label, base64 } = options;
  const asked = vector === undefined ? [] : [vector].flat();
  const valuesOf = (name: string): unknown[] => rows.map((row) => fieldOf(row, name));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const nested = new Map(rows.flatMap(nestedVectors).map((field) => [field.path, field]));
  const inside: Candidate[] = [];
  for (const { path, isNamed } of nested.values()) {
    const column = columnKind(path, valuesOf(path), true, base64);
    const isFault = column.kind === 'text' && isNamed && !hasInside(nested.keys(), path);
    if (column.kind === 'vector' || (isFault && column.fault)) {
      inside.push({ ...column, isNested: true });
    }
  }
  const top = names.map((name) => {
    const column = columnKind(
      name,
      valuesOf(name),
      isVectorName(name) || asked.includes(name),
      base64,
    );
    const isRead = inside.some(
      ({ kind, name: path }) => kind === 'vector' && path.startsWith(`${name}.`),
    );
    return isRead ? { ...column, fault: undefined } : column;
  });
  const known = new Set([...names, ...inside.map(({ name }) => name)]);
  const named = [...asked, ...(typeof label === 'string' ? [label] : [])].filter(
    (name) => !known.has(name) && valuesOf(name).some((value) => value !== undefined),
  );
  return [
    ...top,
    ...inside,
    ...[...new Set(named)].map((name) => ({
      ...columnKind(name, valuesOf(name), asked.includes(name), base64),
      isNested: true,
    })),
  ];
}

const hasInside = (paths: Iterable<string>, path: string): boolean =>
  [...paths].some((other) => other.startsWith(`${path}.`));
