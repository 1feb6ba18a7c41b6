import { type DataType, type Field, Type } from '@uwdata/flechette';
import type { ReadOptions } from '../contract.ts';
import {
  bytesText,
  isBinary,
  isNumber,
  isNumberList,
  isText,
  itemType,
  plainType,
} from './arrow-cells.ts';
import { type Candidate, isUnique } from './candidates.ts';
import { columnKind } from './column-kind.ts';
import { isVectorName } from './column-names.ts';

/** A column, or a field inside the structures of one. */
export interface ArrowField {
  readonly name: string;
  readonly field: Field;
  /** Its column among all. */
  readonly at: number;
  /** The names that lead to it inside the column. */
  readonly path: readonly string[];
}

/** The columns and the fields inside them, those after these. */
export function arrowFields(fields: readonly Field[]): ArrowField[] {
  const top = fields.map((field, at): ArrowField => {
    return { name: String(field.name ?? ''), field, at, path: [] };
  });
  const inside = (parent: ArrowField): ArrowField[] => {
    const { type } = parent.field;
    if (type.typeId !== Type.Struct || parent.path.length > 8) return [];
    return type.children.flatMap((field: Field) => {
      const path = [...parent.path, String(field.name ?? '')];
      const own = { ...parent, name: `${parent.name}.${path.at(-1)}`, field, path };
      return [own, ...inside(own)];
    });
  };
  return [...top, ...top.flatMap(inside)];
}

/** What a type is called where it cannot be read. */
function typeName(type: DataType): string {
  const name = Object.entries(Type).find(([, id]) => id === type.typeId)?.[0] ?? 'unknown';
  const item = itemType(type);
  return item ? `${name} of ${typeName(item)}` : name;
}

/** Whether a structure is a vector of Spark's. */
const isSparkVector = (type: DataType): boolean =>
  type.typeId === Type.Struct &&
  type.children.some(({ name, type: inner }: Field) => name === 'values' && isNumberList(inner));

/** What a column is, by its type and its first cells. */
export function arrowCandidate(
  { name, field, path }: ArrowField,
  cells: readonly unknown[],
  { vector, base64 }: ReadOptions,
): Candidate {
  const type = plainType(field.type);
  const isNested = path.length > 0;
  const isAsked = vector !== undefined && [vector].flat().includes(name);
  const isMeant = isAsked || isVectorName(name);
  if (isNumberList(type)) return { name, kind: 'vector', isNested };
  if (isNumber(type)) return { name, kind: 'number', isUnique: isUnique(cells), isNested };
  if (isSparkVector(type) && isMeant) return { ...columnKind(name, cells, true, base64), isNested };
  if (isBinary(type) && !isMeant) {
    return { name, kind: 'text', isUnique: isUnique(cells.map(bytesText(field))), isNested };
  }
  if (isText(type)) {
    const column = columnKind(name, cells, isMeant, base64);
    // Its name alone makes no text inside a structure a vector.
    return { ...column, isNested };
  }
  const fault = isMeant ? `has the type ${typeName(type)}, which is no list of numbers` : undefined;
  return { name, kind: 'other', fault, isNested };
}
