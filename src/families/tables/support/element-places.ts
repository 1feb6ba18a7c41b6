import { bitsFor, packedBits, unpackBits } from './packed-bits.ts';

/** A mask of rows of `dim` places. */
export interface PlacesGrid {
  readonly rows: number;
  readonly dim: number;
}

/** How many places are in a mask, and how many rows have one at all. */
export interface PlacesLeft {
  readonly elements: number;
  readonly rows: number;
}

const bytesFor = (bits: number) => Math.ceil(bits / 8);

/**
 * Bytes of a mask in each of three forms: a bit a place; a bit a row, then a bit a place of the rows that have one; a bit a
 * row, then how many these rows have and in which columns.
 */
function bytesOfForms({ rows, dim }: PlacesGrid, left: PlacesLeft): readonly number[] {
  const column = bitsFor(dim);
  return [
    bytesFor(rows * dim),
    bytesFor(rows) + bytesFor(left.rows * dim),
    bytesFor(rows) + bytesFor(left.rows * column) + bytesFor(left.elements * column),
  ];
}

/** Bytes that say which places a mask has, in the cheapest form, the byte that names the form included. */
export function placesBytes(grid: PlacesGrid, left: PlacesLeft): number {
  return 1 + Math.min(...bytesOfForms(grid, left));
}

/** A mask in its cheapest form, the number of which stands first. */
export function packedPlaces(mask: ArrayLike<number>, dim: number): Uint8Array {
  const columns = columnsByRow(mask, dim);
  const left = columns.filter((own) => own.length > 0);
  const elements = left.reduce((sum, own) => sum + own.length, 0);
  const bytes = bytesOfForms({ rows: columns.length, dim }, { elements, rows: left.length });
  const form = bytes.indexOf(Math.min(...bytes));
  if (form === 0) return joined(form, [packedBits(mask, 1)]);
  const rows = Uint8Array.from(columns, (own) => Math.min(1, own.length));
  const column = bitsFor(dim);
  const where =
    form === 1
      ? [
          packedBits(
            left.flatMap((own) => bitsAt(own, dim)),
            1,
          ),
        ]
      : [
          packedBits(
            Uint32Array.from(left, (own) => own.length - 1),
            column,
          ),
          packedBits(left.flat(), column),
        ];
  return joined(form, [packedBits(rows, 1), ...where]);
}

function joined(form: number, parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(1 + parts.reduce((sum, { length }) => sum + length, 0));
  out[0] = form;
  let at = 1;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The way back: fills a mask. */
export function unpackPlaces(packed: Uint8Array, dim: number, mask: Mask): void {
  const [form] = packed;
  const rest = packed.subarray(1);
  if (form === 0) {
    unpackBits(rest, 1, mask);
    return;
  }
  const rows = new Uint8Array(mask.length / dim);
  unpackBits(rest, 1, rows);
  const left = Array.from(rows.keys()).filter((row) => rows[row] === 1);
  const columnsOf = form === 1 ? columnsOfBits : columnsOfNumbers;
  const columns = columnsOf(rest.subarray(bytesFor(rows.length)), left.length, dim);
  for (let e = 0; e < mask.length; e++) mask[e] = 0;
  left.forEach((row, i) => {
    for (const c of columns[i]) mask[row * dim + c] = 1;
  });
}

type Columns = readonly (readonly number[])[];

function columnsOfBits(packed: Uint8Array, rows: number, dim: number): Columns {
  const bits = new Uint8Array(rows * dim);
  unpackBits(packed, 1, bits);
  return columnsByRow(bits, dim);
}

function columnsOfNumbers(packed: Uint8Array, rows: number, dim: number): Columns {
  const bits = bitsFor(dim);
  const beyondOne = new Uint32Array(rows);
  unpackBits(packed, bits, beyondOne);
  const all = new Uint32Array(beyondOne.reduce((sum, more) => sum + 1 + more, 0));
  unpackBits(packed.subarray(bytesFor(rows * bits)), bits, all);
  let from = 0;
  return Array.from(beyondOne, (more) => {
    const own = [...all.subarray(from, from + 1 + more)];
    from += own.length;
    return own;
  });
}

interface Mask {
  readonly length: number;
  [at: number]: number;
}

function columnsByRow(mask: ArrayLike<number>, dim: number): Columns {
  return Array.from({ length: mask.length / dim }, (_, row) => {
    const columns: number[] = [];
    for (let c = 0; c < dim; c++) if (mask[row * dim + c] !== 0) columns.push(c);
    return columns;
  });
}

function bitsAt(columns: readonly number[], dim: number): readonly number[] {
  const bits = new Array<number>(dim).fill(0);
  for (const c of columns) bits[c] = 1;
  return bits;
}
