import type { ReadOptions } from '../contract.ts';
import { textOfValue } from './cells.ts';
import {
  COUNT_NAMES,
  ID_ENDING,
  ID_NAMES,
  isVectorName,
  lastPart,
  TEXT_NAMES,
} from './column-names.ts';

/** A column as its format describes it: a vector a row, a number a row, text, or nothing that is read. */
export interface Candidate {
  readonly name: string;
  readonly kind: 'vector' | 'number' | 'text' | 'other';
  /** Of a column that is meant as a vector and is none: why, to go on from its name. */
  readonly fault?: string | undefined;
  /** Whether no value comes twice in what was looked at; undefined where nothing was. */
  readonly isUnique?: boolean | undefined;
  /** Whether the vectors are text, which travels with the rows where it is not the vector. */
  readonly isText?: boolean | undefined;
  /** A part of a structure: it can be chosen, and does not travel by itself. */
  readonly isNested?: boolean | undefined;
}

/** The one of `indices` whose name comes first in `known`, ignoring case, or -1. */
export function firstKnown(
  candidates: readonly Candidate[],
  indices: readonly number[],
  known: readonly string[],
): number {
  for (const name of known) {
    const found = indices.find((i) => lastPart(candidates[i].name).toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return -1;
}

/**
 * What tells the rows apart: a column called `label`; else a text under a usual name, else an id, else any
 * text, in which no value comes twice; else such a text although values come twice; else a count of rows.
 */
export function chosenLabel(candidates: readonly Candidate[], rest: readonly number[]): number {
  const texts = rest.filter((i) => candidates[i].kind !== 'number');
  // What Tammes itself writes.
  const ours = [firstKnown(candidates, rest, ['label']), firstKnown(candidates, texts, ['labels'])];
  const own = ours.find((i) => i >= 0);
  if (own !== undefined) return own;
  const repeats = (i: number): boolean => candidates[i].isUnique === false;
  const unique = rest.filter((i) => !repeats(i));
  const uniqueTexts = unique.filter((i) => candidates[i].kind !== 'number');
  const ids = [...ID_NAMES, ...COUNT_NAMES];
  const ending = unique.find(
    (i) => candidates[i].isUnique && ID_ENDING.test(lastPart(candidates[i].name)),
  );
  const choices = [
    firstKnown(candidates, uniqueTexts, TEXT_NAMES),
    firstKnown(candidates, uniqueTexts, ID_NAMES),
    firstKnown(
      candidates,
      unique.filter((i) => candidates[i].isUnique),
      ids,
    ),
    ending ?? -1,
    uniqueTexts[0] ?? -1,
    firstKnown(candidates, texts, [...TEXT_NAMES, ...ID_NAMES]),
    texts[0] ?? -1,
    firstKnown(candidates, rest, [...ids, 'labels']),
  ];
  return choices.find((i) => i >= 0) ?? -1;
}

/** Whether no value comes twice, missing ones apart from the first; undefined for fewer than 2 rows. */
export function isUnique(values: readonly unknown[]): boolean | undefined {
  if (values.length < 2) return undefined;
  return new Set(values.map(textOfValue)).size === values.length;
}

/** Drops the fields of structures that nobody asks for, and the fault of those that hold a vector. */
export function consideredColumns<T extends { readonly candidate: Candidate }>(
  columns: readonly T[],
  { vector, label }: ReadOptions,
): T[] {
  const asked = [vector, label].flat();
  const kept = columns.filter(({ candidate: { name, kind, fault, isNested } }) => {
    const isMeant = name.split('.').some(isVectorName);
    return !isNested || asked.includes(name) || (isMeant && (kind === 'vector' || fault));
  });
  return kept.map((column) => {
    const { name, kind } = column.candidate;
    const holds = ({ candidate }: T): boolean =>
      candidate.kind === 'vector' && candidate.name.startsWith(`${name}.`);
    if (kind !== 'other' || !kept.some(holds)) return column;
    return { ...column, candidate: { ...column.candidate, fault: undefined } };
  });
}
