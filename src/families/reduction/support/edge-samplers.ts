import type { Random } from '../../../core/random.ts';
import { degreesOf, type Edges } from './layout-edges.ts';

/** Which edges a layout follows in each of its steps. */
export interface EdgeSampler {
  readonly steps: number;
  /** Edges of a step, at most. */
  readonly most: number;
  /** Writes the rows of a step's edges, and returns how many there are. The same step gives the same edges. */
  readonly sample: (step: number, heads: Int32Array, tails: Int32Array) => number;
}

/** Edges looked at in one step: a few milliseconds of work. */
const BLOCK = 2 ** 14;

/**
 * Every edge in turn, both ways, in `epochs` rounds: one of the largest weight each time, the others as often as their
 * weight says. A step is a part of a round.
 */
export function scheduledEdges({ heads, tails, weights }: Edges, epochs: number): EdgeSampler {
  const count = weights.length;
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const shares = Float32Array.from(weights, (weight) => weight / largest);
  const blocks = Math.max(1, Math.ceil(count / BLOCK));
  return {
    steps: epochs * blocks,
    most: 2 * Math.min(BLOCK, count),
    sample(step, outHeads, outTails) {
      const epoch = Math.floor(step / blocks);
      const from = (step % blocks) * BLOCK;
      const to = Math.min(count, from + BLOCK);
      let at = 0;
      for (let e = from; e < to; e++) {
        const share = shares[e];
        if (Math.floor((epoch + 1) * share) === Math.floor(epoch * share)) continue;
        outHeads[at] = heads[e];
        outTails[at] = tails[e];
        outHeads[at + 1] = tails[e];
        outTails[at + 1] = heads[e];
        at += 2;
      }
      return at;
    },
  };
}

/** `samples` edges drawn by their weights, in either direction: by the alias method, a constant time each. */
export function drawnEdges(edges: Edges, samples: number, random: Random): EdgeSampler {
  const { heads, tails, weights } = edges;
  const count = weights.length;
  const { thresholds, aliases } = aliasTable(weights);
  const steps = Math.max(1, Math.ceil(samples / BLOCK));
  return {
    steps,
    most: Math.min(samples, BLOCK),
    sample(step, outHeads, outTails) {
      const many = Math.min(BLOCK, samples - step * BLOCK);
      let state = seedOf(random, step);
      const scale = count / 2 ** 32;
      for (let at = 0; at < many; at++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        const drawn = ((state >>> 0) * scale) | 0;
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        const e = state >>> 1 < thresholds[drawn] ? drawn : aliases[drawn];
        const turned = (state & 1) === 1;
        outHeads[at] = turned ? tails[e] : heads[e];
        outTails[at] = turned ? heads[e] : tails[e];
      }
      return many;
    },
  };
}

/** The state of a xorshift generator for a step; never 0. */
export function seedOf(random: Random, step: number): number {
  return random.fork(step).uint32() | 0 || 1;
}

/**
 * Rows as often as the ¾-th power of their weighted degree says, in a table whose length is a power of two: a draw is
 * an entry.
 */
export function rowsByDegree(edges: Edges, length: number): Int32Array {
  // x^¾ by square roots, which are the same everywhere.
  const shares = degreesOf(edges).map((degree) => Math.sqrt(degree) * Math.sqrt(Math.sqrt(degree)));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const table = new Int32Array(length);
  let row = 0;
  let reached = shares[0];
  for (let at = 0; at < length; at++) {
    while (reached * length < (at + 0.5) * total && row < edges.n - 1) {
      row += 1;
      reached += shares[row];
    }
    table[at] = row;
  }
  return table;
}

/** Walker's table: place e gives itself where a 31-bit number lies below its threshold, else its alias. */
function aliasTable(weights: Float64Array) {
  const count = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => (weight * count) / total);
  const aliases = Int32Array.from({ length: count }, (_, e) => e);
  const order = new Int32Array(count);
  let small = 0;
  let large = count;
  for (let e = 0; e < count; e++) {
    if (shares[e] < 1) order[small++] = e;
    else order[--large] = e;
  }
  for (let at = 0; at < small && large < count; at++) {
    const [poor, rich] = [order[at], order[large]];
    aliases[poor] = rich;
    shares[rich] -= 1 - shares[poor];
    if (shares[rich] >= 1) continue;
    large += 1;
    order[small++] = rich;
  }
  const thresholds = Float64Array.from(shares, (share, e) =>
    aliases[e] === e ? 2 ** 31 : share * 2 ** 31,
  );
  return { thresholds, aliases };
}
