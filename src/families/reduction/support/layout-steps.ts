import type { Random } from '../../../core/random.ts';
import { type EdgeSampler, seedOf } from './edge-samplers.ts';
import { FIRST, type Forces, floatBits, LAST, PLACE, SHIFT } from './layout-forces.ts';

export interface EdgeForces {
  readonly forces: Forces;
  /** Rows drawn for each edge, pushed away from its first row. */
  readonly negatives: number;
  /** Whether a drawn row moves as well. */
  readonly negativesMove: boolean;
  /** Rows to draw from, in a table whose length is a power of two; all alike where left out. */
  readonly table?: Int32Array | undefined;
  /** The most that one coordinate moves at once, at rate 1. */
  readonly clip: number;
}

/** n × m coordinates. */
export interface Layout {
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
}

/**
 * A function that does one step of a layout in place: each of the step's edges draws its two rows together, and pushes
 * the first from rows drawn at random.
 */
export function edgeSteps(
  layout: Layout,
  sampler: EdgeSampler,
  forces: EdgeForces,
  random: Random,
): (step: number, rate: number) => void {
  const move = layout.cols === 2 ? moverInPlane(layout, forces) : moverInSpace(layout, forces);
  return stepsBy(move, sampler, random);
}

/** Moves the rows of each step's edges. */
export function stepsBy(move: Mover, sampler: EdgeSampler, random: Random) {
  const heads = new Int32Array(sampler.most);
  const tails = new Int32Array(sampler.most);
  return (step: number, rate: number): void => {
    const count = sampler.sample(step, heads, tails);
    move(heads, tails, count, rate, seedOf(random, step));
  };
}

/** Moves the rows of so many edges at a rate; rows are drawn from a seed. */
export type Mover = (
  heads: Int32Array,
  tails: Int32Array,
  count: number,
  rate: number,
  seed: number,
) => void;

/**
 * The inner loop for two columns, where nearly all maps are made; `moverInSpace` says the same for any number. Written
 * out, with the row in registers, it takes half the time.
 */
function moverInPlane({ data, rows: n }: Layout, given: EdgeForces): Mover {
  const { negatives, negativesMove, table = new Int32Array(0), clip } = given;
  const { attraction, repulsion } = given.forces;
  const { float, word } = floatBits();
  const byTable = table.length > 0;
  const scale = (byTable ? table.length : n) / 2 ** 32;
  return (heads, tails, count, rate, seed) => {
    let state = seed;
    const most = clip * rate;
    for (let e = 0; e < count; e++) {
      const head = heads[e];
      const tail = tails[e];
      const i = 2 * head;
      let x = data[i];
      let y = data[i + 1];
      for (let draw = 0; draw <= negatives; draw++) {
        let other = tail;
        if (draw > 0) {
          state ^= state << 13;
          state ^= state >>> 17;
          state ^= state << 5;
          other = ((state >>> 0) * scale) | 0;
          if (byTable) other = table[other];
          if (other === head || other === tail) continue;
        }
        const j = 2 * other;
        const dx = x - data[j];
        const dy = y - data[j + 1];
        float[0] = dx * dx + dy * dy;
        const squared = word[0];
        let at = (squared >>> SHIFT) - FIRST;
        if (at < 0) at = 0;
        else if (at > LAST) at = LAST;
        const law = draw > 0 ? repulsion : attraction;
        const here = law[at];
        const force = rate * (here + ((squared & (PLACE - 1)) / PLACE) * (law[at + 1] - here));
        let mx = force * dx;
        let my = force * dy;
        if (mx > most) mx = most;
        else if (mx < -most) mx = -most;
        if (my > most) my = most;
        else if (my < -most) my = -most;
        x += mx;
        y += my;
        if (draw > 0 && !negativesMove) continue;
        data[j] -= mx;
        data[j + 1] -= my;
      }
      data[i] = x;
      data[i + 1] = y;
    }
  };
}

function moverInSpace({ data, rows: n, cols: m }: Layout, given: EdgeForces): Mover {
  const { negatives, negativesMove, table = new Int32Array(0), clip } = given;
  const { attraction, repulsion } = given.forces;
  const { float, word } = floatBits();
  const byTable = table.length > 0;
  const scale = (byTable ? table.length : n) / 2 ** 32;
  return (heads, tails, count, rate, seed) => {
    let state = seed;
    const most = clip * rate;
    for (let e = 0; e < count; e++) {
      const head = heads[e];
      const tail = tails[e];
      const i = m * head;
      for (let draw = 0; draw <= negatives; draw++) {
        let other = tail;
        if (draw > 0) {
          state ^= state << 13;
          state ^= state >>> 17;
          state ^= state << 5;
          other = ((state >>> 0) * scale) | 0;
          if (byTable) other = table[other];
          if (other === head || other === tail) continue;
        }
        const j = m * other;
        let sum = 0;
        for (let c = 0; c < m; c++) {
          const difference = data[i + c] - data[j + c];
          sum += difference * difference;
        }
        float[0] = sum;
        const squared = word[0];
        let at = (squared >>> SHIFT) - FIRST;
        if (at < 0) at = 0;
        else if (at > LAST) at = LAST;
        const law = draw > 0 ? repulsion : attraction;
        const here = law[at];
        const force = rate * (here + ((squared & (PLACE - 1)) / PLACE) * (law[at + 1] - here));
        const moves = draw === 0 || negativesMove;
        for (let c = 0; c < m; c++) {
          let by = force * (data[i + c] - data[j + c]);
          if (by > most) by = most;
          else if (by < -most) by = -most;
          data[i + c] += by;
          if (moves) data[j + c] -= by;
        }
      }
    }
  };
}
