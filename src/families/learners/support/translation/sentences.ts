import { IGNORED } from '../../../../learning/index.ts';

/** Sentences as ids side by side, all as long as there is room: what is behind a sentence is padding, ids 0. */
export interface Sentences {
  readonly count: number;
  /** Places of each. */
  readonly width: number;
  /** count × width. */
  readonly ids: Int32Array;
  readonly lengths: Int32Array;
}

/** Widths and numbers of places are rounded up to these, so that arrays of one batch serve in others. */
const [WIDTHS, PLACES] = [4, 128];

const roundedUp = (n: number, to: number) => Math.ceil(n / to) * to;

/** Puts sentences side by side; none may be empty. */
export function padded(sentences: readonly ArrayLike<number>[]): Sentences {
  const lengths = Int32Array.from(sentences, ({ length }) => length);
  const width = roundedUp(Math.max(...lengths), WIDTHS);
  const ids = new Int32Array(sentences.length * width);
  sentences.forEach((own, i) => {
    ids.set(own, i * width);
  });
  return { count: sentences.length, width, ids, lengths };
}

/** Where the ids lie that are no padding, and the ids; some more places at the end have none (−1). */
export function filledPlaces({ ids, width, lengths }: Sentences) {
  const filled = lengths.reduce((sum, length) => sum + length, 0);
  const places = new Int32Array(roundedUp(filled, PLACES));
  const idsThere = new Int32Array(places.length).fill(IGNORED);
  let at = 0;
  lengths.forEach((length, i) => {
    for (let j = i * width; j < i * width + length; j++, at++) {
      places[at] = j;
      idsThere[at] = ids[j];
    }
  });
  return { places, ids: idsThere };
}

/** Where the last id of each lies. */
export function lastPlaces({ width, lengths }: Sentences): Int32Array {
  return lengths.map((length, i) => i * width + length - 1);
}

/** Where each place lies once every sentence is read backward; padding stays where it is. */
export function mirroredPlaces({ count, width, lengths }: Sentences): Int32Array {
  const places = new Int32Array(count * width);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < width; j++)
      places[i * width + j] = i * width + (j < lengths[i] ? lengths[i] - 1 - j : j);
  }
  return places;
}
