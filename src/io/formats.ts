import { arrow } from './arrow.ts';
import {
  type ByteSource,
  endsIn,
  type Format,
  isWritable,
  refuse,
  type WritableFormat,
} from './contract.ts';
import { csv, tsv } from './csv.ts';
import { faiss } from './faiss.ts';
import type { FormatId } from './format-id.ts';
import { gguf } from './gguf.ts';
import { glove } from './glove.ts';
import { jsonl } from './jsonl.ts';
import { npy } from './npy.ts';
import { npz } from './npz.ts';
import { onnx } from './onnx.ts';
import { parquet } from './parquet.ts';
import { pt } from './pt.ts';
import { safetensors } from './safetensors.ts';
import { HEAD_BYTES } from './support/head.ts';
import { bvecs, fvecs, ivecs } from './vecs.ts';
import { word2vecBinary } from './word2vec-binary.ts';
import { word2vecText } from './word2vec-text.ts';

/** Every format, in the order of `tammes info --help`. */
export const formats: readonly Format[] = [
  npy,
  npz,
  glove,
  word2vecText,
  word2vecBinary,
  safetensors,
  fvecs,
  ivecs,
  bvecs,
  csv,
  tsv,
  jsonl,
  parquet,
  arrow,
  pt,
  gguf,
  faiss,
  onnx,
];

/** The formats that can be written. */
export const writableFormats: readonly WritableFormat[] = formats.filter(isWritable);

/** The format with this id. */
export function formatOf(where: string, id: FormatId): Format {
  const format = formats.find((candidate) => candidate.id === id);
  if (format) return format;
  const known = formats.map((candidate) => candidate.id).join(', ');
  return refuse({ name: where }, `there is no format ${JSON.stringify(id)}; there are ${known}.`);
}

/** The format whose extension a name has. */
export function formatOfName(name: string): Format | undefined {
  return formats.find((format) => endsIn(name, format.extensions));
}

/** The format the first bytes speak for; the name decides between equals. */
export async function recognized(source: ByteSource): Promise<Format> {
  if (source.size === 0) refuse(source, 'the file is empty.');
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  if (head[0] === 0x1f && head[1] === 0x8b) {
    refuse(source, 'the file is compressed with gzip; unpack it first.');
  }
  let best: Format | undefined;
  let most = 0;
  for (const format of formats) {
    const sure = format.recognizes(head, source.name, source.size);
    if (sure <= 0) continue;
    const named = sure + (endsIn(source.name, format.extensions) ? 0.04 : 0);
    if (named > most) {
      best = format;
      most = named;
    }
  }
  if (best) return best;
  const named = formatOfName(source.name);
  const known = formats.map((format) => format.id).join(', ');
  return refuse(
    source,
    named
      ? `the file does not look like ${named.title}, which begins with ${named.startsWith}.`
      : `the format was not recognised; name it (${known}).`,
  );
}
