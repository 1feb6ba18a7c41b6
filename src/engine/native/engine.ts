import { loadAddon } from '#addon';
import { processorCount } from '#threads';
import { UnsupportedError } from '../../core/errors.ts';
import { linearAlgebraOn } from '../decompositions/host.ts';
import type { Engine } from '../engine.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { requireThreads } from '../threads-option.ts';
import { circleCounts, circleForcesInPlace } from './circle-counts.ts';
import { NativeHost } from './decompositions.ts';
import { diversify, searchGraph } from './graph-search.ts';
import { activate, activationGradient, maxPool, softmaxInPlace } from './learning.ts';
import {
  assign,
  circleSpacingInPlace,
  gram,
  largestProducts,
  matmul,
  nearest,
  nearestAmong,
  pairwiseEnergy,
  sortRows,
  sphereFlowInPlace,
  sphereMomentumInPlace,
  sphereStepInPlace,
} from './operations.ts';
import { NativePool } from './pool.ts';

/** Instruction sets that native kernels can use here, best first; none if there is no native engine. */
export function nativeInstructionSets(): readonly string[] {
  const addon = loadAddon();
  return addon instanceof Error ? [] : addon.instructionSets();
}

/** Threads and kernels of the addon, for the best instruction set or the one named. */
export function createNativePool(threads?: number, instructionSet?: string): NativePool {
  requireThreads('native', threads);
  const addon = loadAddon();
  if (addon instanceof Error)
    throw new UnsupportedError('native', `there is no native engine here: ${addon.message}.`);
  const set = instructionSet ?? addon.instructionSets()[0];
  return new NativePool(addon, threads ?? processorCount(), set);
}

/**
 * Kernels in machine code, compiled for several instruction sets of which the processor's best is taken,
 * on threads of their own. The results are the same bytes for any number of threads; not so for another
 * instruction set, whose sums have another order.
 *
 * Arrays are computed on in place: they must not be changed or transferred before the answer is there.
 */
export async function createNativeEngine(
  threads?: number,
  instructionSet?: string,
): Promise<Engine> {
  const pool = createNativePool(threads, instructionSet);
  const inOrder = oneAtATime();
  return {
    name: 'native',
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
    sphereStepInPlace: (...args) => inOrder(() => sphereStepInPlace(pool, ...args)),
    sphereMomentumInPlace: (...args) => inOrder(() => sphereMomentumInPlace(pool, ...args)),
    sphereFlowInPlace: (...args) => inOrder(() => sphereFlowInPlace(pool, ...args)),
    activate: (...args) => inOrder(() => activate(pool, ...args)),
    activationGradient: (...args) => inOrder(() => activationGradient(pool, ...args)),
    softmaxInPlace: (...args) => inOrder(() => softmaxInPlace(pool, ...args)),
    maxPool: (...args) => inOrder(() => maxPool(pool, ...args)),
    linalg: linearAlgebraOn(new NativeHost(pool), inOrder),
    dispose: async () => inOrder(() => pool.end()),
  };
}
