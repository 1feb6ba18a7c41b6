// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './types.ts';
export { family } from './family.ts';
export { classMeans } from './class-means.ts';
export { extremes } from './extremes.ts';
export { formula } from './formula.ts';
export { lda } from './lda.ts';
export { pairs } from './pairs.ts';
export { probe } from './probe.ts';
export { ridge } from './ridge.ts';
