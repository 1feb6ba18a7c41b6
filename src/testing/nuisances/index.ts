import { Random } from '../../core/random.ts';
import { binaryOf } from './binary.ts';
import { type Dice, diceOf } from './dice.ts';
import { type Draft, linesOf } from './lines.ts';
import type { Rows } from './rows.ts';
import { tableOf } from './tables.ts';

/** A file of vectors with what real files have besides: all that is drawn from one seed. */
export interface NuisanceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the file holds; a reader gives this, or refuses. */
  readonly rows: Rows;
  readonly options: { readonly encoding?: 'latin1' };
  /** What is unusual about it, for the message. */
  readonly nuisances: readonly string[];
  /** Whether the end is missing, so that no table is right. */
  readonly isCut: boolean;
}

const EXTENSIONS = ['.txt', '.vec', '.csv', '.tsv', '.bin', '.glove', '.dat', '.npy', '.jsonl', ''];

/** The file of this seed. */
export function nuisanceFile(seed: number): NuisanceFile {
  const dice = diceOf(Random.fromSeed(seed));
  const name = `vectors${dice.oneOf(EXTENSIONS)}`;
  if (dice.chance(0.15)) return { name, options: {}, isCut: false, ...binaryOf(dice) };
  const draft = dice.chance(0.5) ? linesOf(dice) : tableOf(dice);
  return { name, ...encodedFile(dice, draft) };
}

function encodedFile(dice: Dice, draft: Draft): Omit<NuisanceFile, 'name'> {
  const { cuts, rows } = draft;
  const isCut = cuts.length > 0 && dice.chance(0.15);
  const text = isCut ? draft.text.slice(0, dice.oneOf(cuts)) : draft.text;
  const nuisances = [...draft.nuisances, ...(isCut ? ['cut off'] : [])];
  const kind = dice.oneOf([
    'utf-8',
    'utf-8',
    'utf-8',
    'utf-8',
    'utf-8',
    'bom',
    'utf-16le',
    'utf-16be',
    'latin1',
  ]);
  const canBeLatin1 = Array.from(text).every((character) => character.charCodeAt(0) < 0x100);
  if (kind === 'latin1' && canBeLatin1) {
    const isTold = dice.chance(0.5);
    return {
      bytes: Uint8Array.from(text, (character) => character.charCodeAt(0)),
      rows,
      options: isTold ? { encoding: 'latin1' } : {},
      nuisances: [...nuisances, kind],
      isCut,
    };
  }
  const bytes =
    kind === 'bom'
      ? new TextEncoder().encode(`\ufeff${text}`)
      : kind.startsWith('utf-16')
        ? utf16(`\ufeff${text}`, kind === 'utf-16le')
        : new TextEncoder().encode(text);
  return { bytes, rows, options: {}, nuisances: [...nuisances, kind], isCut };
}

function utf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), isLittle);
  return new Uint8Array(view.buffer);
}

/** A reader of files by their content and name. */
export type ReadTable = (
  source: File,
  options: NuisanceFile['options'],
) => Promise<{
  readonly points: { readonly data: Float32Array; readonly rows: number; readonly cols: number };
  readonly labels?: readonly string[] | undefined;
}>;

/** `same` or `refused`; else what is wrong, for people. */
export async function verdictOf(file: NuisanceFile, read: ReadTable): Promise<string> {
  const { name, bytes, options, rows, isCut } = file;
  try {
    const { points, labels } = await read(new File([bytes as BlobPart], name), options);
    const trouble = isCut ? 'a file that is cut off is read' : differenceOf(rows, points, labels);
    return trouble ?? 'same';
  } catch (error) {
    const { code } = error as { code?: string };
    return code === 'input' || code === 'option'
      ? 'refused'
      : `an error that is none of input: ${String(error)}`;
  }
}

function differenceOf(
  { numbers, labels: expected }: Rows,
  { data, rows, cols }: { data: Float32Array; rows: number; cols: number },
  labels: readonly string[] | undefined,
): string | null {
  const [n, d] = [numbers.length, numbers[0].length];
  if (rows !== n || cols !== d) return `${rows} × ${cols} for ${n} × ${d}`;
  const wrong = numbers
    .flat()
    .findIndex((text, i) => !Object.is(Math.fround(Number(text)), data[i]));
  if (wrong >= 0) return `value ${wrong} is ${data[wrong]} for ${numbers.flat()[wrong]}`;
  const isSame = expected?.every((label, i) => label === labels?.[i]) ?? true;
  return isSame ? null : `labels ${JSON.stringify(labels)} for ${JSON.stringify(expected)}`;
}
