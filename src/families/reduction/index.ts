// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './types.ts';
export { family } from './family.ts';
export { coreset } from './coreset.ts';
export { pca } from './pca.ts';
export { stein } from './stein.ts';
