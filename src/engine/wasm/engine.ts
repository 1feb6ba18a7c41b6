import type { Matrix } from '../../core/matrix.ts';
import { linearAlgebraOn } from '../decompositions/host.ts';
import type { Engine, MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { referenceEngine } from '../reference.ts';
import { requireThreads } from '../threads-option.ts';
import { activate, activationGradient } from './activation.ts';
import { circleCounts, circleForcesInPlace } from './circle-counts.ts';
import { circleSpacingInPlace } from './circle-spacing.ts';
import { gram } from './gram.ts';
import { diversify, searchGraph } from './graph-search.ts';
import { matmul } from './matmul.ts';
import { maxPool } from './max-pool.ts';
import { assign, largestProducts, nearest, nearestAmong } from './nearest.ts';
import { pairwiseEnergy } from './pairwise-energy.ts';
import { KernelPool } from './pool.ts';
import { softmaxInPlace } from './softmax.ts';
import { sortRows } from './sort-rows.ts';
import { sphereFlowInPlace, sphereMomentumInPlace } from './sphere-momentum.ts';

/**
 * SIMD kernels in WebAssembly on one memory shared by `threads` threads, the calling one included. The
 * results are the same bytes for any number of threads, in Node and in browsers.
 */
export async function createWasmEngine(threads?: number): Promise<Engine> {
  requireThreads('wasm', threads);
  const pool = await KernelPool.start(threads);
  const inOrder = oneAtATime();
  return {
    name: 'wasm',
    threads: pool.threads,
    pairwiseEnergy: (...args) => inOrder(() => pairwiseEnergy(pool, ...args)),
    nearest: (...args) => inOrder(() => nearest(pool, ...args)),
    nearestAmong: (...args) => inOrder(() => nearestAmong(pool, ...args)),
    largestProducts: (...args) => inOrder(() => largestProducts(pool, ...args)),
    assign: (...args) => inOrder(() => assign(pool, ...args)),
    searchGraph: (...args) => inOrder(() => searchGraph(pool, ...args)),
    diversify: (...args) => inOrder(() => diversify(pool, ...args)),
    matmul: (...args) => inOrder(() => matmul(pool, ...args)),
    gram: (...args) => inOrder(() => gram(pool, ...args)),
    sortRows: (...args) => inOrder(() => sortRows(pool, ...args)),
    circleCounts: (...args) => inOrder(() => circleCounts(pool, ...args)),
    circleForcesInPlace: (...args) => inOrder(() => circleForcesInPlace(pool, ...args)),
    circleSpacingInPlace: (...args) => inOrder(() => circleSpacingInPlace(pool, ...args)),
    sphereStepInPlace,
    sphereMomentumInPlace: (...args) => inOrder(() => sphereMomentumInPlace(pool, ...args)),
    sphereFlowInPlace: (...args) => inOrder(() => sphereFlowInPlace(pool, ...args)),
    activate: (...args) => inOrder(() => activate(pool, ...args)),
    activationGradient: (...args) => inOrder(() => activationGradient(pool, ...args)),
    softmaxInPlace: (...args) => inOrder(() => softmaxInPlace(pool, ...args)),
    maxPool: (...args) => inOrder(() => maxPool(pool, ...args)),
    linalg: linearAlgebraOn(pool, inOrder),
    dispose: async () => inOrder(() => pool.end()),
  };
}

/** On the calling thread: copying the rows to the kernels and back would cost more than the step. */
function sphereStepInPlace(points: Matrix, tangents: Matrix, work?: Work): MaybePromise<void> {
  requireFloat32('wasm', 'sphere-step', points);
  requireFloat32('wasm', 'sphere-step', tangents);
  return referenceEngine.sphereStepInPlace(points, tangents, work);
}
