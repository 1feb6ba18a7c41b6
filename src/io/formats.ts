import { arrow } from './arrow.ts';
import {
  type ByteSource,
  endsIn,
  type Format,
  isWritable,
  type ReadOptions,
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
import { guessedDelimiter } from './support/csv-delimiter.ts';
import { HEAD_BYTES } from './support/head.ts';
import { isCommentLine, numbersOfLines } from './support/line-shape.ts';
import { numbersTrouble } from './support/number-lists.ts';
import { byteOrderMark, headLines, looksLikeText } from './support/text.ts';
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

/** A file that begins with a magic number, or whose bytes fit to the last one, is what it says. */
const SURE = 0.99;

/** A format that only the name speaks for says best what it misses. */
const BY_NAME = 0.1;

const isTextFormat = ({ dtypes }: Format): boolean => dtypes.length === 0;

/**
 * The format the first bytes speak for; the name decides between equals. What looks like text is
 * none of the binary formats.
 */
export async function recognized(source: ByteSource, options: ReadOptions = {}): Promise<Format> {
  if (source.size === 0) refuse(source, 'the file is empty.');
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  if (head[0] === 0x1f && head[1] === 0x8b) {
    refuse(source, 'the file is compressed with gzip; unpack it first.');
  }
  const isText = looksLikeText(head);
  let best: Format | undefined;
  let most = 0;
  for (const format of formats) {
    const sure = format.recognizes(head, source.name, source.size);
    const isBinary = !isTextFormat(format) && sure > BY_NAME && sure < SURE;
    if (sure <= 0 || (isText && isBinary)) continue;
    const named = sure + (endsIn(source.name, format.extensions) ? 0.04 : 0);
    if (named > most) {
      best = format;
      most = named;
    }
  }
  if (best) return best === csv || best === tsv ? tableOrLines(source, best, head, options) : best;
  const trouble = isText && numbersTrouble(headLines(head, head.length === source.size, 50));
  if (trouble) refuse(source, trouble);
  const named = formatOfName(source.name);
  const known = formats.map((format) => format.id).join(', ');
  return refuse(
    source,
    named
      ? `the file does not look like ${named.title}, which begins with ${named.startsWith}.`
      : `the format was not recognised; name it (${known}).`,
  );
}

/** A table, or GloVe text where its lines have more numbers; refused where both have as many. */
function tableOrLines(
  source: ByteSource,
  table: Format,
  head: Uint8Array,
  { quotes = true }: ReadOptions,
): Format {
  const isWhole = head.length === source.size;
  if (glove.recognizes(head, source.name, source.size) === 0) return table;
  const guess = guessedDelimiter(head, byteOrderMark(head), isWhole, quotes);
  // Lists over several lines, as NumPy prints them, have lines of numbers.
  if (guess && guess.lists > 0) return table;
  const fields = guess?.numbers ?? 0;
  const words = numbersOfLines(headLines(head, isWhole, 50).filter((line) => !isCommentLine(line)));
  if (fields > words) return table;
  if (words > fields) return glove;
  // Where tabs separate, both readers mean the same, and a table may have a line of names.
  if (table === tsv) return table;
  return refuse(
    source,
    `the lines could be ${table.title} or ${glove.title}, with different labels; say which (--format ${table.id} or ${glove.id}).`,
  );
}
