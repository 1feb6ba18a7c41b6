import { InputError } from '../../core/errors.ts';
import { type Packed, type PackedArray, packedInMemory } from '../../io/packed.ts';

/** Outputs of `list-rows` that follow one another, open. */
export interface OpenLists {
  readonly outputs: readonly Packed[];
  /** The place of each output's first row, and the end. */
  readonly starts: readonly number[];
  readonly cols: number;
}

const POINTS = 'points';
/** Rows of a piece. */
const ROWS = 2 ** 16;

/** Arrays in memory, and between them the vectors of the lists as `points`, which are read when they are asked for. */
export function listsPacked(
  { outputs, starts, cols }: OpenLists,
  before: Readonly<Record<string, PackedArray>>,
  after: Readonly<Record<string, PackedArray>>,
): Packed {
  const others = packedInMemory({}, { ...before, ...after }, 'lists');
  const n = starts[starts.length - 1];
  async function slice(from: number, to: number): Promise<Float32Array> {
    const out = new Float32Array((to - from) * cols);
    for (const [part, output] of outputs.entries()) {
      const [a, b] = [Math.max(from, starts[part]), Math.min(to, starts[part + 1])];
      if (a >= b) continue;
      const own = await output.slice(POINTS, a - starts[part], b - starts[part]);
      out.set(own, (a - from) * cols);
    }
    return out;
  }
  async function* pieces(): AsyncGenerator<Float32Array> {
    for (let from = 0; from < n; from += ROWS) yield slice(from, Math.min(n, from + ROWS));
  }
  return {
    name: others.name,
    fields: others.fields,
    names: [...Object.keys(before), POINTS, ...Object.keys(after)],
    bytesRead: 0,
    shapeOf: (name) => (name === POINTS ? [n, cols] : others.shapeOf(name)),
    async whole(name) {
      if (name !== POINTS) return others.whole(name);
      throw new InputError(others.name, 'the vectors of the lists are not held whole.');
    },
    slice: (name, from, to) => (name === POINTS ? slice(from, to) : others.slice(name, from, to)),
    pieces: (name) => (name === POINTS ? pieces() : undefined),
    close: async () => {},
  };
}
