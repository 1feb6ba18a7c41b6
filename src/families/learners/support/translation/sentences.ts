/** Sentences as ids side by side, as long as the longest of them: what is behind a shorter one is padding, ids 0. */
export interface Sentences {
  readonly count: number;
  /** Places of each. */
  readonly width: number;
  /** count × width. */
  readonly ids: Int32Array;
  readonly lengths: Int32Array;
}

/** Puts sentences side by side; none may be empty. */
export function padded(sentences: readonly ArrayLike<number>[]): Sentences {
  const lengths = Int32Array.from(sentences, ({ length }) => length);
  const width = Math.max(...lengths);
  const ids = new Int32Array(sentences.length * width);
  sentences.forEach((own, i) => {
    ids.set(own, i * width);
  });
  return { count: sentences.length, width, ids, lengths };
}

/** Where the ids lie that are no padding, in order. */
export function placesOf({ width, lengths }: Sentences): Int32Array {
  const places: number[] = [];
  lengths.forEach((length, i) => {
    for (let j = 0; j < length; j++) places.push(i * width + j);
  });
  return Int32Array.from(places);
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
