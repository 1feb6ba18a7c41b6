// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { coordinates } from './coordinates.ts';
export { inlp } from './inlp.ts';
export { leace } from './leace.ts';
export { meanDifference } from './mean-difference.ts';
export { projection } from './projection.ts';
export { safree } from './safree.ts';
export { spectralFilter } from './spectral-filter.ts';
