import type { Packed, PackedArray } from '../../io/packed.ts';
import { characterGrams } from '../../numerics/text/character-grams.ts';
import { textHash } from '../../numerics/text/text-hash.ts';

const STARTS = 'gram-starts';
const ROWS = 'gram-rows';

/** Labels a list: more lists are shorter ones, and 4 bytes each. */
const LABELS_A_LIST = 4;

/** Longer labels are texts, and like no word. */
const LONGEST = 64;

/**
 * The arrays of the inverted index of character n-grams, over labels of at most 64 characters, of equal ones the first.
 * A gram's list is that of its hash; the list holds the
 * ascending rows of the labels with one of its grams, as differences of seven bits a byte, the last byte below 128.
 * Grams that share a list only bring candidates that are compared in vain.
 */
export function gramArrays(labels: readonly string[]): Record<string, PackedArray> {
  const lists = 2 ** Math.ceil(Math.log2(Math.max(256, labels.length / LABELS_A_LIST)));
  const starts = new Uint32Array(lists + 1);
  eachPosting(labels, lists, (list, gap) => {
    starts[list + 1] += bytesOf(gap);
  });
  for (let list = 0; list < lists; list++) starts[list + 1] += starts[list];
  const data = new Uint8Array(starts[lists]);
  const ends = starts.slice(0, lists);
  eachPosting(labels, lists, (list, gap) => {
    let rest = gap;
    for (; rest > 127; rest = Math.floor(rest / 128)) data[ends[list]++] = 128 + (rest % 128);
    data[ends[list]++] = rest;
  });
  return {
    [STARTS]: { shape: [starts.length], data: starts },
    [ROWS]: { shape: [data.length], data },
  };
}

/** Calls with each list of each label and the difference to the row before in that list. */
function eachPosting(
  labels: readonly string[],
  lists: number,
  use: (list: number, gap: number) => void,
): void {
  const last = new Int32Array(lists).fill(-1);
  const seen = new Set<string>();
  for (const [row, label] of labels.entries()) {
    if (label.length > LONGEST || seen.has(label)) continue;
    seen.add(label);
    for (const gram of characterGrams(label)) {
      const list = textHash(gram) % lists;
      if (last[list] === row) continue;
      use(list, row - last[list]);
      last[list] = row;
    }
  }
}

function bytesOf(gap: number): number {
  let bytes = 1;
  for (let rest = gap; rest > 127; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

/** Whether the arrays have an index of n-grams. */
export function hasGrams({ names }: Packed): boolean {
  return names.includes(STARTS);
}

/** The rows whose labels share most n-grams with a word, most first, equals by lower row: at most `count`. */
export async function rowsSharingGrams(
  packed: Packed,
  word: string,
  count: number,
): Promise<number[]> {
  const lists = packed.shapeOf(STARTS)[0] - 1;
  const own = new Set(characterGrams(word).map((gram) => textHash(gram) % lists));
  const shared = new Map<number, number>();
  for (const rows of await Promise.all([...own].map((list) => rowsOfList(packed, list))))
    for (const row of rows) shared.set(row, (shared.get(row) ?? 0) + 1);
  // By number of grams first: sorting all of a common ending would cost more than counting it.
  const most = [...shared.values()].reduce((high, times) => Math.max(high, times), 0);
  const best: number[] = [];
  for (let times = most; times > 0 && best.length < count; times--) {
    const rows = [...shared].flatMap(([row, own]) => (own === times ? [row] : []));
    best.push(...rows.sort((a, b) => a - b));
  }
  return best.slice(0, count);
}

async function rowsOfList(packed: Packed, list: number): Promise<number[]> {
  const [from, to] = await packed.slice(STARTS, list, list + 2);
  const bytes = await packed.slice(ROWS, from, to);
  const rows: number[] = [];
  let [row, gap, weight] = [-1, 0, 1];
  for (const byte of bytes) {
    gap += (byte % 128) * weight;
    weight *= 128;
    if (byte > 127) continue;
    row += gap;
    rows.push(row);
    [gap, weight] = [0, 1];
  }
  return rows;
}
