import type { ReadOptions } from '../contract.ts';
import { type Candidate, isUnique } from './candidates.ts';
import { isLabelName } from './column-names.ts';
import { judgedVectors } from './vector-cells.ts';
import { isBracketed, isElided } from './vector-text.ts';

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'bigint';

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/**
 * What a column of cells of any kind is, by the first of them. `isMeant`: its name says that it is the
 * vector, so every way of writing one is tried, and a failure is kept as the column's fault.
 */
export function columnKind(
  name: string,
  cells: readonly unknown[],
  isMeant: boolean,
  base64: ReadOptions['base64'],
): Candidate {
  const there = cells.filter((cell) => cell !== null && cell !== undefined);
  const text = { name, kind: 'text', isUnique: isUnique(cells) } as const;
  if (there.length === 0) return isMeant ? { ...text, fault: 'is empty in the first rows' } : text;
  if (there.every(isNumber)) return { ...text, kind: 'number' };
  if (!isMeant && there.every((cell) => typeof cell === 'boolean')) return text;
  const isText = there.some((cell) => typeof cell === 'string');
  const isList = there.every((cell) => typeof cell === 'object');
  const isInBrackets =
    !isLabelName(name) && there.every((cell) => typeof cell === 'string' && isBracketed(cell));
  if (!isMeant && !isInBrackets && !isList) return text;
  if (
    !isMeant &&
    isList &&
    !there.every((cell) => Array.isArray(cell) || ArrayBuffer.isView(cell))
  ) {
    return text;
  }
  // An empty list is named when its row is read.
  const judged = judgedVectors(
    cells.map((cell) => (isEmptyList(cell) ? null : cell)),
    base64,
  );
  if (judged.cols > 0) return { ...text, kind: 'vector', isText };
  const isCut = there.some((cell) => typeof cell === 'string' && isElided(cell));
  if (!('fault' in judged) || !(isMeant || isCut)) return text;
  return { ...text, fault: `${judged.fault} (row ${judged.row + 1})` };
}
