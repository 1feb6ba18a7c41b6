/** Scores fall into as many bins as the first 16 bits of a float32 tell apart, in the order of the numbers. */
const BINS = 2 ** 16;

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The bin of a number; both zeros are in one. */
function binOf(value: number): number {
  float[0] = value + 0;
  const [own] = bits;
  return (own >>> 31 === 1 ? ~own : own ^ 0x8000_0000) >>> 16;
}

/**
 * Which of ascending depths a score reaches, where depth r ends at the r-th highest score of a query with the rows but
 * itself, and the last depth at the lowest: the first of them. Found without sorting, in three looks at n scores.
 */
export function depthReached(
  scores: Float32Array,
  self: number,
  depths: readonly number[],
): (score: number) => number {
  const counts = new Uint32Array(BINS);
  for (let i = 0; i < scores.length; i++) if (i !== self) counts[binOf(scores[i])] += 1;
  const ends = endsOf(counts, depths);
  const mixed = new Set(ends.map(({ bin }) => bin));
  const held = valuesIn(mixed, counts, scores, self);
  const floors = ends.map(({ bin, place }) => held.get(bin)?.[place] ?? 0);
  const firstOf = firstOfBins(ends.map(({ bin }) => bin));
  return (score) => {
    let at = firstOf[binOf(score)];
    while (score < floors[at]) at++;
    return at;
  };
}

/** Where each depth ends: its bin, and the place among the descending scores of that bin. */
function endsOf(counts: Uint32Array, depths: readonly number[]) {
  let bin = BINS - 1;
  let above = 0;
  return depths.map((depth) => {
    while (bin > 0 && above + counts[bin] < depth) above += counts[bin--];
    return { bin, place: Math.min(depth - above, counts[bin]) - 1 };
  });
}

/** The scores in some of the bins, descending. */
function valuesIn(
  bins: ReadonlySet<number>,
  counts: Uint32Array,
  scores: Float32Array,
  self: number,
): Map<number, Float32Array> {
  const held = new Map(Array.from(bins, (bin) => [bin, new Float32Array(counts[bin])]));
  const isHeld = new Uint8Array(BINS);
  for (const bin of bins) isHeld[bin] = 1;
  const next = new Uint32Array(BINS);
  for (let i = 0; i < scores.length; i++) {
    const bin = binOf(scores[i]);
    if (isHeld[bin] === 1 && i !== self) (held.get(bin) as Float32Array)[next[bin]++] = scores[i];
  }
  for (const own of held.values()) own.sort().reverse();
  return held;
}

/** For each bin the first depth that ends in it or below. */
function firstOfBins(bins: readonly number[]): Uint8Array {
  const first = new Uint8Array(BINS);
  let at = 0;
  for (let bin = BINS - 1; bin >= 0; bin--) {
    while (at < bins.length - 1 && bins[at] > bin) at++;
    first[bin] = at;
  }
  return first;
}
