// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './types.ts';
export { family } from './family.ts';
export { mpad } from './mpad.ts';
export { pca } from './pca.ts';
export { randomProjection } from './random-projection.ts';
export { sphericalPca } from './spherical-pca.ts';
