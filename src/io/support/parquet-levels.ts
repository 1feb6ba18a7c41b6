/**
 * Decodes Parquet's mixture of runs and packed bits into `out`, whose length says how many values
 * are wanted; throws a RangeError where the bytes end before. Bounded by `out`, whatever the runs
 * claim.
 */
export function hybridInto(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  out: Uint8Array | Uint32Array,
): void {
  if (width > 32) throw new RangeError('a bit width is beyond 32');
  let at = start;
  for (let seen = 0; seen < out.length; ) {
    let header = 0;
    let scale = 1;
    for (;;) {
      if (at >= end || scale > 2 ** 28) throw new RangeError('levels or indices are cut off');
      const byte = bytes[at++];
      header += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      scale *= 128;
    }
    const isPacked = header % 2 === 1;
    const count = Math.floor(header / 2) * (isPacked ? 8 : 1);
    if (count === 0) throw new RangeError('a run is empty');
    const stop = Math.min(out.length, seen + count);
    if (isPacked) {
      unpackInto(bytes, at, end, width, out, seen, stop);
      at += (count / 8) * width;
    } else {
      let value = 0;
      for (let i = 0; i < Math.ceil(width / 8); i++) value += (bytes[at++] ?? 0) * 2 ** (8 * i);
      if (at > end) throw new RangeError('a run is cut off');
      out.fill(value, seen, stop);
    }
    seen = stop;
  }
}

/** Values of `width` bits each, low bits first, into `out[from…to)`. */
export function unpackInto(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  out: Uint8Array | Uint32Array,
  from: number,
  to: number,
): void {
  if (start + Math.ceil(((to - from) * width) / 8) > end) {
    throw new RangeError('packed values are cut off');
  }
  if (width === 1) {
    for (let i = from; i < to; i++) {
      const k = i - from;
      out[i] = (bytes[start + (k >> 3)] >> (k & 7)) & 1;
    }
    return;
  }
  const mask = width === 32 ? 0xffffffff : 2 ** width - 1;
  for (let i = from; i < to; i++) {
    const bit = (i - from) * width;
    const at = start + Math.floor(bit / 8);
    const shift = bit % 8;
    const low = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    const high = shift + width > 32 ? bytes[at + 4] * 2 ** (32 - shift) : 0;
    out[i] = (((low >>> shift) + high) & mask) >>> 0;
  }
}
