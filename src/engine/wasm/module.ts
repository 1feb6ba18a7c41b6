import { InternalError, UnsupportedError } from '../../core/errors.ts';
import { LINEAR_ALGEBRA_KERNELS } from '../decompositions/types.ts';
import { KERNELS_BASE64, SHARED_FLAG_OFFSET } from '../generated/kernels.ts';

/** A task of a job: (address of the job, task number, address of this thread's scratch memory). */
export type Kernel = (job: number, task: number, scratch: number) => void;

export const KERNEL_NAMES = [
  'pairwise_energy',
  'nearest',
  'matmul',
  'gram',
  'sort_rows',
  'circle_spacing',
  'circle_counts',
  'circle_forces',
  'sphere_momentum',
  'row_mix',
  'activation',
  'softmax',
  'max_pool',
  'graph_search',
  'diversify',
  ...LINEAR_ALGEBRA_KERNELS,
] as const;
export type KernelName = (typeof KERNEL_NAMES)[number];

export interface KernelExports extends Record<KernelName, Kernel> {
  /** The address where the kernels' own tables end. */
  first_free(): number;
}

const compiled = new Map<boolean, Promise<WebAssembly.Module>>();

/** The compiled kernels; `shared` when they are to run on a memory that threads share. */
export function kernelModule(shared: boolean): Promise<WebAssembly.Module> {
  let promise = compiled.get(shared);
  if (!promise) {
    promise = compile(shared);
    compiled.set(shared, promise);
  }
  return promise;
}

async function compile(shared: boolean): Promise<WebAssembly.Module> {
  const text = atob(KERNELS_BASE64);
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  if (!shared) bytes[SHARED_FLAG_OFFSET] = 1;
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnsupportedError(
      'wasm',
      `this platform cannot run WebAssembly with SIMD and atomics (${reason}).`,
    );
  }
}

/** A thread is given up for dead after so long. */
const PATIENCE_MS = 60_000;
let waitingSince = 0;

/** The calling thread only spins: in a browser it must not sleep, and it seldom waits for long. */
function nap(times: number): void {
  if (times === 1) waitingSince = performance.now();
  if (performance.now() - waitingSince < PATIENCE_MS) return;
  throw new InternalError('wasm', 'Another thread does not answer.');
}

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  const { exports } = new WebAssembly.Instance(module, { env: { memory, nap } });
  return exports as unknown as KernelExports;
}
