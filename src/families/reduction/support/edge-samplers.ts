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
 * Every edge in turn, in `epochs` rounds: one of the largest weight each time, the others as often as their weight says.
 * A round follows all edges one way and then all of them the other way, in an order that has nothing to do with rows; a
 * step is a part of a round. Where a row is a neighbour of most others, an edge followed both ways at once, or the edges
 * of one row after another, would throw it to and fro.
 */
export function scheduledEdges(edges: Edges, epochs: number, random: Random): EdgeSampler {
  const { heads, tails, shares } = shuffled(edges, random);
  const count = shares.length;
  const blocks = Math.max(1, Math.ceil(count / BLOCK));
  return {
    steps: epochs * 2 * blocks,
    most: Math.min(BLOCK, count),
    sample(step, outHeads, outTails) {
      const epoch = Math.floor(step / (2 * blocks));
      const part = step % (2 * blocks);
      const isBack = part >= blocks;
      const from = (isBack ? part - blocks : part) * BLOCK;
      const to = Math.min(count, from + BLOCK);
      const [first, second] = isBack ? [tails, heads] : [heads, tails];
      let at = 0;
      for (let e = from; e < to; e++) {
        const share = shares[e];
        if (Math.floor((epoch + 1) * share) === Math.floor(epoch * share)) continue;
        outHeads[at] = first[e];
        outTails[at] = second[e];
        at += 1;
      }
      return at;
    },
  };
}

/** The edges in a random order, and their weights beside the largest. Apart from what samples: that is not to keep the edges. */
function shuffled(edges: Edges, random: Random) {
  const largest = edges.weights.reduce((most, weight) => Math.max(most, weight), 0);
  const order = random.sample(edges.weights.length);
  const shares = new Float32Array(order.length);
  for (let at = 0; at < order.length; at++) shares[at] = edges.weights[order[at]] / largest;
  return {
    heads: order.map((e) => edges.heads[e]),
    tails: order.map((e) => edges.tails[e]),
    shares,
  };
}

/** `samples` edges drawn by their weights, in either direction: by the alias method, a constant time each. */
export function drawnEdges(edges: Edges, samples: number, random: Random): EdgeSampler {
  const count = edges.weights.length;
  const table = drawingTable(edges);
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
        let entry = 4 * (((state >>> 0) * scale) | 0);
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        if (state >>> 1 >= table[entry]) entry = 4 * table[entry + 1];
        const turned = state & 1;
        outHeads[at] = table[entry + 2 + turned];
        outTails[at] = table[entry + 3 - turned];
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

/**
 * Walker's table with the edges in it, four numbers each: a 31-bit threshold, the edge that is taken at or above it, and
 * the two rows. Beside one another, they are one access to memory.
 */
function drawingTable({ heads, tails, weights }: Edges): Int32Array {
  const count = weights.length;
  const { shares, aliases } = aliasTable(weights);
  const table = new Int32Array(4 * count);
  for (let e = 0; e < count; e++) {
    table[4 * e] = Math.min(2 ** 31 - 1, Math.floor(shares[e] * 2 ** 31));
    table[4 * e + 1] = aliases[e];
    table[4 * e + 2] = heads[e];
    table[4 * e + 3] = tails[e];
  }
  return table;
}

/** Place e gives itself with the probability of its share, else its alias. */
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
  return { shares, aliases };
}
