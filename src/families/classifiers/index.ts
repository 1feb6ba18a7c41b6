// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { logistic } from './logistic.ts';
export { nearestMean } from './nearest-mean.ts';
export { prototypes } from './prototypes.ts';
export { tree } from './tree.ts';
