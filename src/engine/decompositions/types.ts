import type { MaybePromise, Work } from '../engine.ts';

/** The kernels of src/engine/kernels/decompositions that an engine offers. */
export const LINEAR_ALGEBRA_KERNELS = [
  'tridiagonal_panel',
  'bidiagonal_panel',
  'triangular_panel',
  'cholesky_panel',
  'update_matrix',
  'prepare_reflections',
  'apply_reflections',
  'rotate_panel',
] as const;

/** Memory that the kernels work on, by address; views must not outlive the next `take`. */
export interface Arena {
  /** Forgets everything taken so far and makes room for about as many `bytes`. */
  reset(bytes?: number): void;
  /** The address of fresh bytes, a multiple of 64; what they hold is left from before. */
  take(bytes: number): number;
  doubles(address: number, length: number): Float64Array;
  integers(address: number, length: number): Int32Array;
  bytes(address: number, length: number): Uint8Array;
}

export interface ArenaJob {
  readonly kernel: (typeof LINEAR_ALGEBRA_KERNELS)[number];
  readonly tasks: number;
  /** Of the description that the kernel reads. */
  readonly address: number;
  /** Bytes of scratch memory for each thread. */
  readonly scratchBytes: number;
  /** About how many arithmetic operations there are. */
  readonly operations: number;
}

/** Where the decompositions run: one engine's memory, kernels and threads. */
export interface Host {
  readonly memory: Arena;
  run(where: string, job: ArenaJob, work?: Work): MaybePromise<void>;
}
