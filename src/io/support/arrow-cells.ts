import { type Batch, type DataType, type Field, Type } from '@uwdata/flechette';
import type { DType } from './dtype.ts';
import { decimalValue, hexText, timeText, uuidText } from './exact-text.ts';
import { Bytes } from './vector-cells.ts';

const PRECISIONS: readonly DType[] = ['f2', 'f4', 'f8'];
const LISTS: readonly number[] = [
  Type.FixedSizeList,
  Type.List,
  Type.LargeList,
  Type.ListView,
  Type.LargeListView,
];
const TEXTS: readonly number[] = [
  Type.Utf8,
  Type.LargeUtf8,
  Type.Utf8View,
  Type.Bool,
  Type.Date,
  Type.Timestamp,
];
const BINARIES: readonly number[] = [
  Type.Binary,
  Type.LargeBinary,
  Type.BinaryView,
  Type.FixedSizeBinary,
];

/** The element type of numbers; undefined for all else. */
export function dtypeOf(type: DataType | undefined): DType | undefined {
  if (type?.typeId === Type.Float) return PRECISIONS[type.precision];
  if (type?.typeId === Type.Int) {
    return `${type.signed ? 'i' : 'u'}${type.bitWidth / 8}` as DType;
  }
  return undefined;
}

/** The type of the values behind dictionaries and runs. */
export function plainType(type: DataType): DataType {
  if (type.typeId === Type.Dictionary) return plainType(type.dictionary);
  if (type.typeId === Type.RunEndEncoded) return plainType(type.children[1].type);
  return type;
}

/** The items of a list; undefined for what is none. */
export function itemType(type: DataType): DataType | undefined {
  return LISTS.includes(type.typeId) && 'children' in type ? type.children[0]?.type : undefined;
}

export const isNumber = (type: DataType): boolean =>
  dtypeOf(type) !== undefined || type.typeId === Type.Decimal;

/** Whether a type is a list of numbers, or a list of such lists. */
export function isNumberList(type: DataType): boolean {
  const item = itemType(type);
  return item !== undefined && (isNumber(plainType(item)) || isNumberList(plainType(item)));
}

/** Whether cells of a type are read as text. */
export const isText = (type: DataType): boolean =>
  TEXTS.includes(type.typeId) || BINARIES.includes(type.typeId);

export const isBinary = (type: DataType): boolean => BINARIES.includes(type.typeId);

/** A cell as what it stands for: whole numbers and decimals exactly, times as text, bytes as such. */
export function cellValue(type: DataType, value: unknown): unknown {
  if (value === undefined) throw new RangeError('a value lies beyond its data');
  if (value === null) return null;
  const plain = plainType(type);
  if (plain.typeId === Type.Decimal) return decimalValue(BigInt(value as bigint), plain.scale);
  if (plain.typeId === Type.Timestamp) return timeText(value as bigint, 3 * plain.unit);
  if (isBinary(plain)) return new Bytes(value as Uint8Array);
  const item = itemType(plain);
  if (item && plainType(item).typeId === Type.Decimal) {
    return Array.from(value as ArrayLike<unknown>, (x) => Number(cellValue(item, x) ?? Number.NaN));
  }
  if (item && itemType(plainType(item))) {
    return Array.from(value as ArrayLike<unknown>, (x) => cellValue(item, x));
  }
  return value;
}

/** Bytes as the text of a label or column: a UUID where the field says so, else hexadecimal. */
export function bytesText({ metadata }: Pick<Field, 'metadata'>): (cell: unknown) => unknown {
  const isUuid = metadata?.get('ARROW:extension:name') === 'arrow.uuid';
  return (cell) => {
    if (!(cell instanceof Bytes)) return cell;
    return isUuid && cell.bytes.length === 16 ? uuidText(cell.bytes) : hexText(cell.bytes);
  };
}

/** Throws where lists reach beyond their items, before memory is taken for them. */
export function requireInside(batch: Batch<unknown>): void {
  const { type, length, offsets, sizes, children } = batch;
  for (const child of children ?? []) requireInside(child as Batch<unknown>);
  if (!itemType(type)) return;
  const held = (children[0] as Batch<unknown>).length;
  if (type.typeId === Type.FixedSizeList) {
    if (!(length * type.stride <= held)) throw new RangeError('lists are cut off');
    return;
  }
  if (offsets.length < (sizes ? length : length + 1)) throw new RangeError('lists are cut off');
  for (let i = 0; i < length; i++) {
    const from = Number(offsets[i]);
    const to = sizes ? from + Number(sizes[i]) : Number(offsets[i + 1]);
    if (!(from >= 0 && from <= to && to <= held)) throw new RangeError('lists are cut off');
  }
}
