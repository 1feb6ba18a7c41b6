import { decompressZstd } from 'hyparquet-compressors';

/**
 * Whether `size` bytes may come out of `compressed` ones: a header that claims more than a thousand
 * times as much is taken for damaged, except for small pieces, which a constant column fills.
 */
export function isPlausible(size: number, compressed: number): boolean {
  return size >= 0 && size <= compressed * 1000 + (1 << 26);
}

/** `size` bytes of a Zstandard frame. */
export function zstd(bytes: Uint8Array, size: number): Uint8Array {
  return decompressZstd(bytes, new Uint8Array(size)).subarray(0, size);
}

/** `size` bytes of an LZ4 frame, whose blocks may refer to one another. */
export function lz4Frame(bytes: Uint8Array, size: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== 0x184d2204) throw new RangeError('no LZ4 frame');
  const flags = bytes[4];
  let at = 7 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0);
  const checksum = flags & 0x10 ? 4 : 0;
  const isIndependent = (flags & 0x20) !== 0;
  const out = new Uint8Array(size);
  let end = 0;
  for (;;) {
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) return out.subarray(0, end);
    const length = word & 0x7fffffff;
    const block = bytes.subarray(at, at + length);
    if (block.length < length) throw new RangeError('an LZ4 block is cut off');
    if (word >>> 31) {
      out.set(block, end);
      end += length;
    } else {
      end = lz4Block(block, out, end, isIndependent ? end : 0);
    }
    at += length + checksum;
  }
}

/** Unpacks one block to `out[end…]`; matches reach back to `floor`. Returns the new end. */
function lz4Block(block: Uint8Array, out: Uint8Array, end: number, floor: number): number {
  let at = 0;
  let to = end;
  const length = (nibble: number): number => {
    let total = nibble;
    for (let byte = nibble === 15 ? 255 : 0; byte === 255; total += byte) byte = block[at++];
    return total;
  };
  while (at < block.length) {
    const token = block[at++];
    const literals = length(token >> 4);
    out.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= block.length) break;
    const back = block[at] | (block[at + 1] << 8);
    at += 2;
    const matched = length(token & 15) + 4;
    if (back === 0 || to - back < floor || to + matched > out.length) {
      throw new RangeError('an LZ4 match is out of range');
    }
    if (back >= matched) out.copyWithin(to, to - back, to - back + matched);
    else for (let i = 0; i < matched; i++) out[to + i] = out[to + i - back];
    to += matched;
  }
  return to;
}
