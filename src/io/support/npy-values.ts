import { float16Values } from '../../core/float16.ts';
import { BYTES_OF, type DType } from './dtype.ts';
import { utf8Text } from './text.ts';

/** How one value of NumPy's types is read. */
export interface NpyValue {
  /** Bytes of one value. */
  readonly size: number;
  readonly kind: 'number' | 'text';
  /** The value, or undefined for bytes that are no UTF-8. */
  at(view: DataView, offset: number): number | bigint | string | undefined;
}

const DTYPE_OF: Readonly<Record<string, DType>> = {
  f2: 'f2',
  f4: 'f4',
  f8: 'f8',
  i1: 'i1',
  u1: 'u1',
  b1: 'u1',
  i2: 'i2',
  u2: 'u2',
  i4: 'i4',
  u4: 'u4',
  i8: 'i8',
  u8: 'u8',
  // What ml_dtypes calls bfloat16: two bytes that NumPy itself has no type for.
  V2: 'bf16',
};

/** The number type of NumPy's type string, such as `<f4`. */
export function dtypeOfDescr(descr: string): DType | undefined {
  return DTYPE_OF[descr.replace(/^[<>|=]/, '')];
}

const bits = new DataView(new ArrayBuffer(4));

function bfloat16(half: number): number {
  bits.setUint32(0, half * 65536);
  return bits.getFloat32(0);
}

type Read = (view: DataView, offset: number, little: boolean) => number | bigint;

const READS: Readonly<Record<DType, Read>> = {
  f2: (view, at, little) => float16Values()[view.getUint16(at, little)],
  bf16: (view, at, little) => bfloat16(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  u1: (view, at) => view.getUint8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i8: (view, at, little) => view.getBigInt64(at, little),
  u8: (view, at, little) => view.getBigUint64(at, little),
};

/** Text types: `<U5` is 5 characters of 4 bytes, `|S5` 5 bytes. */
const TEXT = /^[<>|=]?([US])(\d+)$/;

/** Longest text of one value. */
const LONGEST_TEXT = 1 << 28;

/** How values of a type are read, 64-bit integers exactly; undefined for objects, dates and the like. */
export function npyValue(descr: string): NpyValue | undefined {
  const little = !descr.startsWith('>');
  const dtype = dtypeOfDescr(descr);
  if (dtype) {
    const read = READS[dtype];
    return {
      size: BYTES_OF[dtype],
      kind: 'number',
      at: (view, offset) => read(view, offset, little),
    };
  }
  const [, kind, digits] = TEXT.exec(descr) ?? [];
  const length = Number(digits);
  if (kind === undefined || !(length <= LONGEST_TEXT)) return undefined;
  return kind === 'U'
    ? { size: 4 * length, kind: 'text', at: (view, at) => charactersAt(view, at, length, little) }
    : { size: length, kind: 'text', at: (view, at) => bytesAt(view, at, length) };
}

function bytesAt(view: DataView, at: number, length: number): string | undefined {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length);
  return utf8Text(bytes, 0, bytes.findLastIndex((byte) => byte !== 0) + 1);
}

/** Text of `length` code points of 4 bytes, without the zeros at its end. */
function charactersAt(view: DataView, at: number, length: number, littleEndian: boolean): string {
  let end = length;
  while (end > 0 && view.getUint32(at + 4 * (end - 1), true) === 0) end--;
  let text = '';
  for (let i = 0; i < end; i++) {
    const point = view.getUint32(at + 4 * i, littleEndian);
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text;
}

/** What to say of a text that is none. */
export const NO_TEXT =
  'holds bytes that are not UTF-8; decode them first (numpy.char.decode(a, "latin1")).';
