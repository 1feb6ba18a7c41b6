import { IGNORED } from '../../../learning/index.ts';

/** Windows of a row of tokens, each of `size`: what a model reads, and what it is to say next. */
export interface Windows {
  readonly count: number;
  /** Tokens of these windows, window by window; the last window is filled with the token 0. */
  readonly inputs: (places: ArrayLike<number>) => Int32Array;
  /** The token behind each; `IGNORED` where there is none. */
  readonly targets: (places: ArrayLike<number>) => Int32Array;
}

/** Window i reads the tokens from i·size on: every token but the first is a target once. */
export function windowsOf(stream: Int32Array, size: number): Windows {
  const gathered = (places: ArrayLike<number>, ahead: number, filling: number): Int32Array => {
    const out = new Int32Array(places.length * size).fill(filling);
    for (let i = 0; i < places.length; i++) {
      const start = places[i] * size;
      out.set(stream.subarray(start + ahead, start + ahead + size), i * size);
    }
    return out;
  };
  return {
    count: Math.ceil((stream.length - 1) / size),
    inputs: (places) => gathered(places, 0, 0),
    targets: (places) => gathered(places, 1, IGNORED),
  };
}
