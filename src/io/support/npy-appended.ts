import { type ByteSource, refuse } from '../contract.ts';
import { type DenseArray, partOf } from './dense.ts';
import { BYTES_OF } from './dtype.ts';
import {
  type NpyHeader,
  readNpyHeader,
  requireVectors,
  startsAsNpy,
  vectorShape,
} from './npy-header.ts';

/** Fewer bytes than this behind an array are padding, if all of them are zeros or blanks. */
const PADDING = 64;

const isBlank = (byte: number): boolean =>
  byte === 0 || byte === 0x20 || byte === 0x0a || byte === 0x0d;

/**
 * The arrays of a file to which `numpy.save` was called once or several times, as one table: each goes
 * on where the last ended, with as many columns. Whatever else follows is refused.
 */
export async function appendedArrays(source: ByteSource, first: NpyHeader): Promise<DenseArray[]> {
  const parts = [requireVectors(source, first)];
  for (let header = first; ; ) {
    const part = parts[parts.length - 1];
    const end = part.offset + part.rows * part.cols * BYTES_OF[part.dtype];
    const left = source.size - end;
    const next = await source.read(end, Math.min(left, PADDING));
    if (left < PADDING && next.every(isBlank)) return parts;
    if (!startsAsNpy(next)) {
      refuse(
        source,
        `${left} bytes follow the array of ${part.rows} × ${part.cols}; none are expected.`,
      );
    }
    const rest = partOf(source, end, left);
    header = await readNpyHeader(rest);
    const { shape, dtype, descr } = header;
    const isNext = shape.length === first.shape.length && dtype !== undefined;
    if (!isNext || vectorShape(header)?.[1] !== part.cols) {
      const sizes = shape.join(' × ') || 'one value';
      refuse(
        source,
        `${left} bytes follow the array of ${part.rows} × ${part.cols}: an array of ${sizes} ${descr}, which does not go on with it; save each in a file of its own.`,
      );
    }
    const own = requireVectors(rest, header);
    parts.push({ ...own, offset: own.offset + end });
  }
}
