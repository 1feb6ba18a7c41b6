// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { bm25 } from './bm25.ts';
export { exact } from './exact.ts';
export { fde } from './fde.ts';
export { graph } from './graph.ts';
export { hash } from './hash.ts';
export { ivf } from './ivf.ts';
export { maxSim } from './max-sim.ts';
export { sparse } from './sparse.ts';
