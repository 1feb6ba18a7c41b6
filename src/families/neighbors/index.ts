// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './types.ts';
export { family } from './family.ts';
export { centering } from './centering.ts';
export { csls } from './csls.ts';
export { localScaling } from './local-scaling.ts';
export { mutualProximity } from './mutual-proximity.ts';
export { rankToNormal } from './rank-to-normal.ts';
