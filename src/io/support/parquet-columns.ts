import type { SchemaElement } from 'hyparquet';
import type { SchemaTree } from 'hyparquet/src/types.js';
import type { ReadOptions } from '../contract.ts';
import { type Candidate, isUnique } from './candidates.ts';
import { columnKind } from './column-kind.ts';
import { isVectorName, mayTellRows } from './column-names.ts';
import type { DType } from './dtype.ts';
import { decimalValue, timeText, uuidText, wholeOfBytes } from './exact-text.ts';
import type { Leaf } from './parquet-values.ts';
import { Bytes } from './vector-cells.ts';

/** A column, or a field inside the structures of one. */
export interface ParquetField {
  readonly name: string;
  readonly isNested: boolean;
  /** Where it is one value or a list in each row. */
  readonly leaf?: Leaf | undefined;
  /** Where it is a structure. */
  readonly fields?: readonly ParquetField[] | undefined;
  /** What it is where it is neither. */
  readonly what?: string | undefined;
}

const DIGITS: Readonly<Record<string, number>> = { MILLIS: 3, MICROS: 6, NANOS: 9 };

/** What a stored value stands for: a time, a decimal, a UUID; undefined where it is what it is. */
function convertedOf(element: SchemaElement): Leaf['converted'] {
  const { type, converted_type: kind, logical_type: logical, scale = 0 } = element;
  if (kind === 'DATE' || logical?.type === 'DATE') {
    return (value) => new Date(Number(value) * 86_400_000);
  }
  const unit = logical?.type === 'TIMESTAMP' ? logical.unit : kind?.replace('TIMESTAMP_', '');
  if (logical?.type === 'TIMESTAMP' || kind?.startsWith('TIMESTAMP_')) {
    return (value) => timeText(BigInt(value as bigint), DIGITS[unit ?? 'MILLIS'] ?? 3);
  }
  if (logical?.type === 'DECIMAL' || kind === 'DECIMAL') {
    const digits = logical?.type === 'DECIMAL' ? logical.scale : scale;
    return (value) =>
      decimalValue(
        value instanceof Uint8Array ? wholeOfBytes(value) : BigInt(value as bigint),
        digits,
      );
  }
  if (logical?.type === 'UUID') return (value) => uuidText(value as Uint8Array);
  if (type === 'FIXED_LEN_BYTE_ARRAY') return (value) => new Bytes(value as Uint8Array);
  return undefined;
}

function dtypeOf(element: SchemaElement): DType | undefined {
  const { type, type_length: length, converted_type: kind, logical_type: logical } = element;
  const unsigned = kind?.startsWith('UINT') || (logical?.type === 'INTEGER' && !logical.isSigned);
  switch (type) {
    case 'FLOAT':
      return 'f4';
    case 'DOUBLE':
      return 'f8';
    case 'INT32':
      return unsigned ? 'u4' : 'i4';
    case 'INT64':
      return unsigned ? 'u8' : 'i8';
    case 'FIXED_LEN_BYTE_ARRAY':
      return length === 2 && logical?.type === 'FLOAT16' ? 'f2' : undefined;
    default:
      return undefined;
  }
}

/** Whether a column of bytes is text: it says so, or says nothing, and then its values decide. */
function textKind({
  type,
  converted_type: kind,
  logical_type: logical,
}: SchemaElement): Leaf['text'] {
  if (type !== 'BYTE_ARRAY') return 'no';
  const isSaid =
    ['UTF8', 'ENUM', 'JSON'].includes(kind ?? '') ||
    ['STRING', 'ENUM', 'JSON'].includes(logical?.type ?? '');
  return isSaid ? 'yes' : 'unsaid';
}

interface Place {
  readonly name: string;
  readonly isNested: boolean;
  readonly repeated: readonly number[];
  readonly definition: number;
}

function fieldOf(node: SchemaTree, place: Place): ParquetField {
  const { element, children } = node;
  const { name, isNested } = place;
  const repetition = element.repetition_type;
  const definition = place.definition + (repetition === 'REQUIRED' ? 0 : 1);
  const repeated = repetition === 'REPEATED' ? [...place.repeated, definition] : place.repeated;
  if (children.length === 0) return { name, isNested, ...leafOf(node, repeated, definition) };
  if (element.converted_type === 'MAP' || element.converted_type === 'MAP_KEY_VALUE') {
    return { name, isNested, what: 'a map' };
  }
  const [child] = children;
  const isList =
    children.length === 1 &&
    (child.element.repetition_type === 'REPEATED' || repetition === 'REPEATED');
  if (isList) return fieldOf(child, { name, isNested, repeated, definition });
  if (repeated.length > 0) return { name, isNested, what: 'a list of structures' };
  const fields = children.map((inner) =>
    fieldOf(inner, {
      name: `${name}.${inner.element.name}`,
      isNested: true,
      repeated,
      definition,
    }),
  );
  return { name, isNested, fields };
}

function leafOf(
  { element, path }: SchemaTree,
  repeated: readonly number[],
  maxDefinition: number,
): Pick<ParquetField, 'leaf' | 'what'> {
  const { type, type_length: length } = element;
  if (!type || type === 'INT96') return { what: `the type ${type ?? 'unknown'}` };
  const dtype = dtypeOf(element);
  const converted = dtype === 'f2' ? undefined : convertedOf(element);
  const isDecimal =
    element.logical_type?.type === 'DECIMAL' || element.converted_type === 'DECIMAL';
  const leaf: Leaf = {
    path,
    type,
    length,
    dtype,
    converted,
    isNumeric: isDecimal || (dtype !== undefined && converted === undefined),
    text: textKind(element),
    repeated,
    maxRepetition: repeated.length,
    maxDefinition,
  };
  return { leaf };
}

/** The columns, and the fields inside their structures after them. */
export function parquetFields(trees: readonly SchemaTree[]): ParquetField[] {
  const top = trees.map((tree) =>
    fieldOf(tree, {
      name: String(tree.element.name ?? ''),
      isNested: false,
      repeated: [],
      definition: 0,
    }),
  );
  const inside = ({ fields = [] }: ParquetField): ParquetField[] =>
    fields.flatMap((field) => [field, ...inside(field)]);
  return [...top, ...top.flatMap(inside)];
}

/** Whether a structure is a vector of Spark's. */
const isSparkVector = ({ fields }: ParquetField): boolean =>
  fields?.some(({ name, leaf }) => name.endsWith('.values') && leaf?.maxRepetition === 1) ?? false;

/** Whether the first cells of a column decide what it is. */
export function wantsCells(field: ParquetField, options: ReadOptions): boolean {
  const { leaf, isNested, name } = field;
  const isMeant = isVectorName(name) || asked(options).includes(name);
  if (!leaf) return isMeant && isSparkVector(field);
  if (leaf.maxRepetition > 0) return false;
  // Of numbers only those that could tell the rows apart.
  return isMeant || (!isNested && (!leaf.isNumeric || mayTellRows(name)));
}

const asked = ({ vector, label }: ReadOptions): unknown[] => [vector, label].flat();

/** What a column is, by its type and, where there are any, its first cells. */
export function parquetCandidate(
  field: ParquetField,
  cells: readonly unknown[],
  options: ReadOptions,
): Candidate {
  const { name, leaf, isNested } = field;
  const { vector, base64 } = options;
  const isMeant = isVectorName(name) || (vector !== undefined && [vector].flat().includes(name));
  if (!leaf) {
    if (isMeant && isSparkVector(field))
      return { ...columnKind(name, cells, true, base64), isNested };
    const what = field.what ?? 'a structure';
    return {
      name,
      kind: 'other',
      fault: isMeant ? `holds ${what}, no list of numbers` : undefined,
      isNested,
    };
  }
  if (leaf.maxRepetition > 0) {
    if (leaf.isNumeric) return { name, kind: 'vector', isNested };
    const fault = isMeant ? 'holds lists of something other than numbers' : undefined;
    return { name, kind: 'other', fault, isNested };
  }
  const unique = cells.length > 0 ? isUnique(cells.map(plainBytes)) : undefined;
  if (leaf.isNumeric) return { name, kind: 'number', isUnique: unique, isNested };
  const isBinary = cells.some((cell) => cell instanceof Bytes);
  if (isBinary && !isMeant) return { name, kind: 'text', isUnique: unique, isNested };
  return { ...columnKind(name, cells, isMeant, base64), isNested };
}

const plainBytes = (cell: unknown): unknown => (cell instanceof Bytes ? String(cell.bytes) : cell);
