/** Snapshots of n rows: one after another, each n × dims. */
export interface FilmPlaces {
  readonly tables: readonly string[];
  readonly places: Float32Array;
  readonly rows: number;
  readonly dims: 2 | 3;
}

/** Where each row is at a time: on the straight line between two snapshots, on the sphere along it. */
export function placesAt({ places, rows, dims, tables }: FilmPlaces, at: number): Float32Array {
  const size = rows * dims;
  const before = Math.max(0, Math.min(tables.length - 1, Math.floor(at)));
  const after = Math.min(tables.length - 1, before + 1);
  const share = Math.min(1, Math.max(0, at - before));
  const out = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const a = places[before * size + i];
    out[i] = a + share * (places[after * size + i] - a);
  }
  if (dims === 3) {
    for (let p = 0; p < size; p += 3) {
      const length = Math.hypot(out[p], out[p + 1], out[p + 2]) || 1;
      for (let c = p; c < p + 3; c++) out[c] /= length;
    }
  }
  return out;
}
