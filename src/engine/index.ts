export { chooseEngine, defaultEngine, type EngineOptions } from './choose.ts';
export type {
  Assignment,
  Engine,
  EngineName,
  LinearAlgebra,
  MaybePromise,
  Work,
} from './engine.ts';
export type { PairKernel, PairwiseEnergy } from './kernels/pairwise-energy/contract.ts';
export { referenceEngine } from './reference.ts';
