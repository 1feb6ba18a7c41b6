import { type ByteSource, refuse } from '../contract.ts';
import { type Decode, NOT_UTF8 } from './encoding.ts';
import { NEWLINE, SPACE, TAB } from './text.ts';

/** Longest label taken for one. */
export const LONGEST_LABEL = 1 << 16;

/** Bytes taken at a time; a row must fit. */
const CHUNK = 1 << 22;

/** A row of word2vec binary: a label, a space, and its numbers from `values` on. */
export interface BinaryRow {
  readonly bytes: Uint8Array;
  readonly label: string;
  readonly values: number;
}

const isControl = (byte: number): boolean => (byte < SPACE && byte !== TAB) || byte === 0x7f;

const isPrintable = (byte: number): boolean => byte >= SPACE && byte < 0x7f;

/**
 * Where the label that begins at `start` can end: at its first space, and at later ones as long as
 * nothing but text lies between ("new york").
 */
function labelEnds(bytes: Uint8Array, start: number): number[] {
  const stop = Math.min(bytes.length, start + LONGEST_LABEL + 1);
  const first = bytes.subarray(0, stop).indexOf(SPACE, start);
  if (first < 0) return [];
  const ends = [first];
  for (let i = first + 1; i < stop && !isControl(bytes[i]); i++) {
    if (bytes[i] === SPACE) ends.push(i);
  }
  return ends;
}

/** The only end that a label can have, or -1 where there is none or more than one. */
function plainEnd(bytes: Uint8Array, start: number): number {
  let i = start;
  const stop = Math.min(bytes.length, start + LONGEST_LABEL + 1);
  while (i < stop && bytes[i] !== SPACE) i++;
  if (i === stop) return -1;
  const end = i;
  for (i++; i < stop && !isControl(bytes[i]); i++) if (bytes[i] === SPACE) return -1;
  return end;
}

/** Sizes that values have where a frame is right; one that is off reads exponents from anywhere. */
const SMALLEST = 1e-10;
const LARGEST = 1e10;

function arePlausible(bytes: Uint8Array, start: number, cols: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, cols * 4);
  for (let c = 0; c < cols; c++) {
    const size = Math.abs(view.getFloat32(c * 4, true));
    if (size !== 0 && !(size >= SMALLEST && size <= LARGEST)) return false;
  }
  return true;
}

/** Whether text and a space, a label, begin at `start`. */
function isLabelAt(bytes: Uint8Array, start: number, decode: Decode): boolean {
  const [end] = labelEnds(bytes, start);
  if (end === undefined || bytes.subarray(start, end).some(isControl)) return false;
  return decode(bytes, start, end) !== undefined;
}

interface Frames {
  readonly rows: number;
  readonly cols: number;
  /** Where the first row begins. */
  readonly offset: number;
}

/** The rows of a file in word2vec binary, each with the bytes that hold it. */
export async function* binaryRows(
  source: ByteSource,
  { rows, cols, offset }: Frames,
  decode: Decode,
): AsyncGenerator<() => BinaryRow | null> {
  const most = LONGEST_LABEL + cols * 4 + 256;
  let row = 0;
  let hasBreaks: boolean | undefined;
  for (let base = offset; row < rows; ) {
    const length = Math.min(Math.max(CHUNK, most), source.size - base);
    const bytes = await source.read(base, length);
    const isEnd = base + length === source.size;
    let at = 0;
    const take = (): BinaryRow | null => {
      if (row === rows || (!isEnd && at + most > length)) return null;
      hasBreaks ??= rowsHaveBreaks(bytes, at, cols, rows === 1);
      const space = frameOf(source, bytes, at, cols, decode, hasBreaks, row, rows);
      const label = decode(bytes, at, space);
      requireNoBreak(source, bytes.subarray(at, space), row, cols, label === undefined);
      if (label === undefined) refuse(source, `the label of row ${row + 1} ${NOT_UTF8}.`);
      at = space + 1 + cols * 4;
      if (bytes[at] === NEWLINE && (hasBreaks || row === rows - 1)) at++;
      row++;
      return { bytes, label, values: space + 1 };
    };
    yield take;
    base += at;
    if (row === rows && base < source.size) {
      refuse(
        source,
        `the first line says ${rows} rows of ${cols} numbers, but ${source.size - base} bytes follow the last one.`,
      );
    }
  }
}

/** Refuses a label with a line break, or with control characters that are no text: numbers of the row before. */
function requireNoBreak(
  source: ByteSource,
  label: Uint8Array,
  row: number,
  cols: number,
  isNoText: boolean,
): void {
  if (!label.includes(NEWLINE) && !(isNoText && label.some(isControl))) return;
  refuse(
    source,
    `row ${row + 1} has numbers where its label should begin; the first line says ${cols} float32 a row, which is too few, or the numbers have another type.`,
  );
}

/** Whether a line break stands behind the first row. */
function rowsHaveBreaks(bytes: Uint8Array, start: number, cols: number, isOnly: boolean): boolean {
  return labelEnds(bytes, start).some((space) => {
    const end = space + 1 + cols * 4;
    if (bytes[end] !== NEWLINE) return false;
    return isOnly ? end + 1 === bytes.length : labelEnds(bytes, end + 1).length > 0;
  });
}

/** Where the label of a row ends; refuses a row that has no frame, or could have two. */
function frameOf(
  source: ByteSource,
  bytes: Uint8Array,
  start: number,
  cols: number,
  decode: Decode,
  hasBreaks: boolean,
  row: number,
  rows: number,
): number {
  const isLast = row === rows - 1;
  const endOf = (space: number): number => space + 1 + cols * 4;
  const isBroken = (space: number): boolean => bytes[endOf(space)] === NEWLINE;
  const plain = plainEnd(bytes, start);
  if (plain >= 0 && endOf(plain) <= bytes.length && (hasBreaks ? isBroken(plain) : !isLast)) {
    return plain;
  }
  const inside = labelEnds(bytes, start).filter((space) => endOf(space) <= bytes.length);
  const broken = hasBreaks ? inside.filter(isBroken) : [];
  // The only row of a file is held by nothing but the counts, which may be wrong.
  const goesOn = (space: number): boolean => labelEnds(bytes, start).some((end) => end > space);
  const isText = (from: number): boolean => bytes.subarray(from, from + 4).every(isPrintable);
  const isDoubtful = (space: number): boolean =>
    rows === 1 && goesOn(space) && isText(space + 1) && !arePlausible(bytes, space + 1, cols);
  if (broken.length === 1 && !isDoubtful(broken[0])) return broken[0];
  const endsFile = (space: number): boolean =>
    endOf(space) + (isBroken(space) ? 1 : 0) === bytes.length && (!hasBreaks || space === plain);
  // Where a label follows the last row, the counts are in doubt, and so is a longer label.
  const isFollowed = (space: number): boolean =>
    (isLast && endsFile(space)) ||
    (hasBreaks === isBroken(space) &&
      isLabelAt(bytes, hasBreaks ? endOf(space) + 1 : endOf(space), decode));
  const fitting = inside.filter(
    (space) =>
      isFollowed(space) &&
      decode(bytes, start, space) !== undefined &&
      arePlausible(bytes, space + 1, cols),
  );
  // Where the file is cut, a phrase can seem to end where the file does.
  const isPhrase = (space: number): boolean => bytes.subarray(start, space).includes(SPACE);
  const couldBeCut = (space: number): boolean =>
    isLast && !hasBreaks && isPhrase(space) && goesOn(space);
  if (fitting.length === 1 && !couldBeCut(fitting[0])) return fitting[0];
  return refuse(
    source,
    `row ${row + 1} ${troubleOf(inside.length, fitting.length + (fitting.some(couldBeCut) ? 1 : 0), cols, hasBreaks)}`,
  );
}

function troubleOf(inside: number, fitting: number, cols: number, hasBreaks: boolean): string {
  if (fitting > 1) {
    return 'has spaces in its label, and where the label ends is not certain; write the file as text (word2vec-text).';
  }
  if (inside === 0) {
    return `has no label of at most ${LONGEST_LABEL} bytes and ${cols} float32 behind it; the file is truncated or not word2vec.`;
  }
  return hasBreaks
    ? `has no line break behind its ${cols} float32, as row 1 has; the file is damaged or not word2vec.`
    : `has no label with ${cols} float32 of usual size behind it that end where the next label or the file does; the file is damaged or not word2vec.`;
}
