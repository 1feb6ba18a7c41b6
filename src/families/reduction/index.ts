// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './types.ts';
export { family } from './family.ts';
export { largevis } from './largevis.ts';
export { pca } from './pca.ts';
export { sphericalUmap } from './spherical-umap.ts';
export { umap } from './umap.ts';
