import type { Packed, PackedArray } from '../../io/packed.ts';
import { packedColumn, packedColumns, packedText } from '../../io/packed-columns.ts';
import { textHash } from '../../numerics/text/text-hash.ts';

/** Labels are a column beside the others, which no file's column can be called. */
const ROW = 'row';
const LABEL = 'label';
const SLOTS = 'label-slots';
/** Of labels with capital letters: found by their small letters. */
const FOLDED = 'label-folded';

/** Slots a label, so that a third of them stays empty and few are looked at. */
const SLOTS_EACH = 1.5;
/** Slots that are read at once. */
const WINDOW = 16;

/**
 * The arrays by which a row's label and a label's row are found: the texts with the place of each, and hash tables of
 * slots `[hash, row + 1]`, probed one after another; an empty slot has 0. Of equal labels the first row is there.
 */
export function labelArrays(labels: readonly string[]): Record<string, PackedArray> {
  const capital = labels.flatMap((label, row) => (folded(label) === label ? [] : [row]));
  return {
    ...packedColumns({ [LABEL]: labels }, ROW),
    [SLOTS]: slotsOf(labels, labels.keys(), labels.length),
    [FOLDED]: slotsOf(labels.map(folded), capital, capital.length),
  };
}

const folded = (label: string) => label.toLowerCase();

function slotsOf(labels: readonly string[], rows: Iterable<number>, count: number): PackedArray {
  const slots = count === 0 ? 0 : Math.ceil(SLOTS_EACH * count) + 1;
  const data = new Uint32Array(2 * slots);
  for (const row of rows) {
    const hash = textHash(labels[row]);
    let at = slotOf(hash, slots);
    while (data[2 * at + 1] > 0) {
      // Another row of the same label keeps its place.
      if (data[2 * at] === hash && labels[data[2 * at + 1] - 1] === labels[row]) break;
      at = (at + 1) % slots;
    }
    if (data[2 * at + 1] === 0) data.set([hash, row + 1], 2 * at);
  }
  return { shape: [slots, 2], data };
}

const slotOf = (hash: number, slots: number) => Math.floor((hash / 2 ** 32) * slots);

/** Whether the arrays have labels that can be looked up. */
export function hasLabels({ names }: Packed): boolean {
  return names.includes(SLOTS);
}

/** The label of a row; reads no other. */
export function labelOfRow(packed: Packed, row: number): Promise<string> {
  return packedText(packed, LABEL, row, ROW);
}

/**
 * The first row of that label, by a few short reads. `ignoreCase`: where there is none, the label in small letters, then
 * any label that differs in case alone.
 */
export async function rowOfLabel(
  packed: Packed,
  label: string,
  ignoreCase = false,
): Promise<number | undefined> {
  const own = await found(packed, SLOTS, label, (other) => other === label);
  if (own !== undefined || !ignoreCase) return own;
  const small = folded(label);
  const plain = await found(packed, SLOTS, small, (other) => other === small);
  return plain ?? found(packed, FOLDED, small, (other) => folded(other) === small);
}

async function found(
  packed: Packed,
  table: string,
  label: string,
  isIt: (label: string) => boolean,
): Promise<number | undefined> {
  const [slots] = packed.shapeOf(table);
  if (slots === 0) return undefined;
  const hash = textHash(label);
  let at = slotOf(hash, slots);
  for (let seen = 0; seen < slots; ) {
    const to = Math.min(slots, at + WINDOW);
    const window = await packed.slice(table, at, to);
    for (let i = 0; i < window.length; i += 2) {
      if (window[i + 1] === 0) return undefined;
      const row = window[i + 1] - 1;
      if (window[i] === hash && isIt(await labelOfRow(packed, row))) return row;
    }
    seen += to - at;
    at = to % slots;
  }
  return undefined;
}

/** All labels, by row; undefined where there are none. */
export async function allLabels(packed: Packed): Promise<readonly string[] | undefined> {
  return (await packedColumn(packed, LABEL, ROW)) as readonly string[] | undefined;
}
