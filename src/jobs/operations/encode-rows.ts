import { byId } from '../../catalog/by-id.ts';
import { TammesError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { rowNorms } from '../../core/rows.ts';
import * as codecs from '../../families/compression/index.ts';
import type { Codec, ReadyCodec } from '../../families/compression/types.ts';
import { decodeModel } from '../../learning/index.ts';
import type { RunOptions } from '../../method/method.ts';
import type { Operation, ShardRef } from '../operation.ts';

export interface EncodeRowsSettings {
  readonly shard: ShardRef;
  /** The number in the table of its first row. */
  readonly first: number;
  /** Id of the codec. */
  readonly codec: string;
  readonly bytesPerVector: number;
  /** Bytes of the fitted codec, for the plan. */
  readonly bytes: number;
}

const byName = byId<Codec>('compress', 'codec', codecs);
/** Values that are coded at once. */
const BLOCK = 2 ** 22;

/**
 * The codes of the rows of a shard, each as if it were alone, by the fitted codec that is the input's array `model`, and the lengths of the rows they stand for: 0 of rows of
 * length zero.
 *
 *     codes  r × b, bytes
 *     norms  r
 */
export const encodeRows: Operation<EncodeRowsSettings> = {
  id: 'encode-rows',
  version: 1,
  async run({ shard, first, codec }, { engine, signal, input, rowsOf }) {
    const given = await input(0);
    const model = await decodeModel((await given.whole('model')) as Uint8Array, given.name);
    const ready = await byName.get(codec).ready(model);
    const points = await rowsOf(shard);
    const { bytes, norms } = await encodedRows(ready, points, first, { engine, signal });
    const { rows } = shard;
    return {
      arrays: {
        codes: { shape: [rows, ready.bytesPerVector], data: bytes },
        norms: { shape: [rows], data: norms },
      },
    };
  },
  cost: ({ shard, bytesPerVector, bytes }) => ({
    products: (shard.rows * bytes) / 4 + shard.rows * shard.cols,
    bytesRead: shard.bytes + bytes,
    bytesWritten: shard.rows * (bytesPerVector + 4),
  }),
};

async function encodedRows(
  ready: ReadyCodec,
  points: Matrix<Float32Array>,
  first: number,
  run: RunOptions,
) {
  const { data, rows, cols } = points;
  const width = ready.bytesPerVector;
  const bytes = new Uint8Array(rows * width);
  const norms = new Float32Array(rows);
  const size = Math.max(1, Math.floor(BLOCK / cols));
  for (let from = 0; from < rows; from += size) {
    const to = Math.min(rows, from + size);
    const some = { data: data.subarray(from * cols, to * cols), rows: to - from, cols };
    const codes = await ready.encode(some, run).catch((cause) => refused(first + from, cause));
    bytes.set(codes.bytes, from * width);
    const given = rowNorms(some);
    const coded = rowNorms(await ready.decode(codes, run));
    norms.set(
      coded.map((norm, i) => (given[i] === 0 ? 0 : norm)),
      from,
    );
  }
  return { bytes, norms };
}

/** What is refused of a row is said of its number among those that were coded together. */
function refused(first: number, cause: unknown): never {
  if (!(cause instanceof TammesError) || first === 0) throw cause;
  const { code, message } = cause;
  throw new TammesError(code, `rows from ${first} of the table on, counted from there: ${message}`);
}
