import type { ByteSource } from '../contract.ts';
import { BYTES_OF, type DType, decodeInto } from './dtype.ts';

/** Bytes of rows taken at a time. */
const CHUNK = 1 << 24;
/** Bytes between two rows that are read along rather than stepped over. */
const GAP = 1 << 16;

/** How the numbers of a row are kept. */
export interface Code {
  /** As they are, or as whole numbers to be scaled. */
  readonly dtype: DType;
  /** Name of the packing, where there is one. */
  readonly encoding?: string | undefined;
  /** Value c of column j is `low[j] + (c + 0.5) / 255 · span[j]`. */
  readonly scale?: { readonly low: Float32Array; readonly span: Float32Array } | undefined;
  /** Added to every value. */
  readonly shift?: number | undefined;
}

/** The vectors of an index. */
export interface IndexRows {
  readonly rows: number;
  readonly cols: number;
  readonly code: Code;
  /** Where the first row begins, if they follow one another. */
  readonly offset: number;
  /** Where each row begins, if they do not. */
  readonly places?: Float64Array | undefined;
  /** Ids of the rows, where they are not their numbers. */
  readonly ids?: BigInt64Array | undefined;
}

const round = Math.fround;

/** Decodes whole rows. */
function decodedInto(
  bytes: Uint8Array,
  { dtype, scale, shift }: Code,
  cols: number,
  out: Float32Array,
  to: number,
): void {
  const count = bytes.length / BYTES_OF[dtype];
  decodeInto(bytes, dtype, false, out, to, 1, count);
  for (let i = 0; i < count; i++) {
    if (scale) {
      const j = i % cols;
      const part = round(round(out[to + i] + 0.5) / 255);
      out[to + i] = scale.low[j] + round(part * scale.span[j]);
    } else if (shift) out[to + i] += shift;
    else break;
  }
}

/** Rows a to b into `out`. */
export async function indexRowsInto(
  source: ByteSource,
  { cols, code, offset, places }: IndexRows,
  a: number,
  b: number,
  out: Float32Array,
): Promise<void> {
  const stride = cols * BYTES_OF[code.dtype];
  if (!places) {
    const step = Math.max(1, Math.floor(CHUNK / stride));
    for (let i = a; i < b; i += step) {
      const count = Math.min(step, b - i);
      const bytes = await source.read(offset + i * stride, count * stride);
      decodedInto(bytes, code, cols, out, (i - a) * cols);
    }
    return;
  }
  const order = Uint32Array.from({ length: b - a }, (_, i) => a + i);
  order.sort((i, j) => places[i] - places[j]);
  for (let i = 0; i < order.length; ) {
    const start = places[order[i]];
    let end = start + stride;
    let next = i + 1;
    while (next < order.length) {
      const place = places[order[next]];
      if (place > end + GAP || place + stride > start + CHUNK) break;
      end = place + stride;
      next++;
    }
    const bytes = await source.read(start, end - start);
    for (; i < next; i++) {
      const from = places[order[i]] - start;
      decodedInto(bytes.subarray(from, from + stride), code, cols, out, (order[i] - a) * cols);
    }
  }
}
