import { InputError } from '../../../core/errors.ts';
import { gathered, type Matrix, rows as rowsOf } from '../../../core/matrix.ts';
import type { Packed, PackedArray } from '../../../io/packed.ts';
import type { StoredModel } from '../../../learning/index.ts';
import * as codecs from '../../compression/index.ts';
import type { Codec, ReadyCodec } from '../../compression/types.ts';
import type { BuildContext, OpenIndex, SearchContext } from '../types.ts';
import { noneFound } from './best.ts';
import { collectedBest } from './best-of-many.ts';
import type { Similarity } from './common-options.ts';
import { type ListVectors, readAt } from './list-reader.ts';
import { scoresOf, squaredLength } from './similarity.ts';

/** Codecs whose codes are decoded number by number: a list of a rotated one would be turned back row by row. */
const CODECS = {
  float: codecs.float,
  float8: codecs.float8,
  int8: codecs.int8,
  int4: codecs.int4,
  bits: codecs.bits,
  pq: codecs.pq,
} as unknown as Readonly<Record<string, Codec>>;

/** What a query reads in lists: the vectors, or the codes of one of these codecs. */
export const LIST_CODES = ['none', 'float', 'float8', 'int8', 'int4', 'bits', 'pq'] as const;

/** Where codes and the arrays of their codec stand in an index. */
const CODES = 'codes';
const CODEC = 'codec.';
/** Documents that are queries when it is measured what codes keep, and how many neighbors of each. */
const [QUERIES, NEIGHBORS] = [100, 10];
/** Scores held at once, and values decoded at once. */
const [SCORES, VALUES] = [2 ** 24, 2 ** 22];

export interface CodesWanted {
  readonly codec: string;
  readonly rescore: number;
  readonly similarity: Similarity;
  readonly seed: number;
}

/** Codes of documents in the order of their lists: arrays, settings, and which share of neighbors they keep. */
export async function listCodes(
  listed: Matrix<Float32Array>,
  { codec, rescore, similarity, seed }: CodesWanted,
  context: BuildContext,
): Promise<{
  arrays: Record<string, PackedArray>;
  settings: Record<string, unknown>;
  kept: number;
}> {
  const { engine, work } = context;
  const made = await CODECS[codec](listed, { seed } as never, { engine, signal: work.signal });
  const { codes, model } = made;
  const own = model.parameters.map(({ name, shape, data }): [string, PackedArray] => [
    CODEC + name,
    { shape, data },
  ]);
  const arrays = {
    [CODES]: { shape: [codes.rows, codes.bytesPerVector], data: codes.bytes },
    ...Object.fromEntries(own),
  };
  const ready = await CODECS[codec].ready(model);
  const decoded = async (from: number, to: number) => {
    const { bytesPerVector: width, bytes } = codes;
    const some = { ...codes, rows: to - from, bytes: bytes.subarray(from * width, to * width) };
    return asScored(await ready.decode(some, { engine }), similarity);
  };
  const kept = await keptByCodes(listed, decoded, { rescore, similarity }, context);
  return { arrays, settings: { codec, codecSettings: model.settings, rescore, kept }, kept };
}

/** Decoded rows as scores compare them: under the cosine at length 1, in their own memory; rows of zeros stay. */
function asScored(decoded: Matrix<Float32Array>, similarity: Similarity): Matrix<Float32Array> {
  if (similarity !== 'cosine') return decoded;
  const { data, cols: d } = decoded;
  for (let from = 0; from < data.length; from += d) {
    const inverse = 1 / (Math.sqrt(squaredLength(data, from, d)) || 1);
    for (let c = from; c < from + d; c++) data[c] *= inverse;
  }
  return decoded;
}

type Block = (from: number, to: number) => Promise<Matrix<Float32Array>>;

/** Which share of the ten nearest of documents is among `rescore` times as many by codes. */
async function keptByCodes(
  listed: Matrix<Float32Array>,
  decoded: Block,
  { rescore, similarity }: Pick<CodesWanted, 'rescore' | 'similarity'>,
  { engine, random, run, work: { signal } }: BuildContext,
): Promise<number> {
  const { rows: n } = listed;
  const k = Math.min(NEIGHBORS, n - 1);
  if (k < 1) return 1;
  const fetched = Math.min(n - 1, k * rescore);
  const asked = random.fork('coded queries').sample(n, Math.min(n, QUERIES));
  const atOnce = Math.max(1, Math.floor(SCORES / n));
  const plain: Block = async (from, to) => rowsOf(listed, from, to);
  let kept = 0;
  for (let first = 0; first < asked.length; first += atOnce) {
    await run.tick({ stage: 'codes', done: first / asked.length });
    const selves = asked.subarray(first, first + atOnce);
    const others = (block: Block, count: number) =>
      nearestOthers(listed, selves, block, count, similarity, { engine, work: { signal } });
    const [exact, coded] = [await others(plain, k), await others(decoded, fetched)];
    for (const [q, own] of exact.entries())
      kept += own.filter((row) => coded[q].includes(row)).length / k;
  }
  return kept / asked.length;
}

/** For each of some documents the nearest others, by what a block of documents is compared as. */
async function nearestOthers(
  listed: Matrix<Float32Array>,
  selves: Int32Array,
  block: Block,
  count: number,
  similarity: Similarity,
  context: SearchContext,
): Promise<Int32Array[]> {
  const { rows: n, cols: d } = listed;
  const queries = gathered(listed, selves);
  const found = noneFound(selves.length, count, false);
  const best = Array.from(selves, (_, q) => collectedBest(found, q, count));
  const size = Math.ceil(VALUES / d);
  for (let from = 0; from < n; from += size) {
    const to = Math.min(n, from + size);
    const rows = await block(from, to);
    const { data } = await scoresOf(queries, rows, 0, rows.rows, similarity, context);
    for (const [q, self] of selves.entries())
      for (let i = from; i < to; i++)
        if (i !== self) best[q].offer(i, data[q * rows.rows + i - from]);
  }
  for (const own of best) own.settle();
  return best.map((_, q) => found.rows.subarray(q * count, (q + 1) * count));
}

const readies = new WeakMap<Packed, Promise<ReadyCodec>>();

/** The codec of an index, made ready once. */
function readyOf({ arrays, settings }: OpenIndex): Promise<ReadyCodec> {
  const known = readies.get(arrays);
  if (known) return known;
  const made = openedCodec(arrays, settings);
  readies.set(arrays, made);
  return made;
}

async function openedCodec(arrays: Packed, settings: OpenIndex['settings']): Promise<ReadyCodec> {
  const codec = settings['codec'] as keyof typeof CODECS;
  if (!Object.hasOwn(CODECS, codec))
    throw new InputError(
      arrays.name,
      `its lists hold codes of ${JSON.stringify(codec)}; ${Object.keys(CODECS).join(', ')} can be read: build it anew.`,
    );
  const ready = await CODECS[codec].ready({
    name: arrays.name,
    kind: `compression/${codec}`,
    settings: settings['codecSettings'] as StoredModel['settings'],
    tensors: await tensorsOf(arrays),
  });
  const [rows, width] = arrays.shapeOf(CODES);
  if (rows !== arrays.shapeOf('points')[0] || width !== ready.bytesPerVector)
    throw new InputError(arrays.name, 'the codes of its lists are damaged; build it anew.');
  return ready;
}

async function tensorsOf(arrays: Packed): Promise<StoredModel['tensors']> {
  const own = arrays.names.filter((name) => name.startsWith(CODEC));
  const tensors = own.map(async (key) => {
    const name = key.slice(CODEC.length);
    const data = (await arrays.whole(key)) as Float32Array | Float64Array;
    return [name, { name, shape: arrays.shapeOf(key), data }] as const;
  });
  return new Map(await Promise.all(tensors));
}

/** Whether lists hold codes. */
export const hasCodes = ({ settings }: Pick<OpenIndex, 'settings'>) =>
  settings['codec'] !== undefined;

/** What lists hold as codes, decoded. */
export async function codedVectors(
  index: OpenIndex,
  { engine }: SearchContext,
): Promise<ListVectors> {
  const ready = await readyOf(index);
  const similarity = index.settings['similarity'] as Similarity;
  return {
    bytesEach: ready.bytesPerVector,
    async read(from, to, counted) {
      const bytes = (await readAt(index.arrays, CODES, from, to, counted)) as Uint8Array;
      const codes = { rows: to - from, bytesPerVector: ready.bytesPerVector, bytes };
      return asScored(await ready.decode(codes, { engine }), similarity).data;
    },
  };
}
