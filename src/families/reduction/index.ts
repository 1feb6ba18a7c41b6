// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { functorial } from './functorial.ts';
export { largevis } from './largevis.ts';
export { mpad } from './mpad.ts';
export { pca } from './pca.ts';
export { randomProjection } from './random-projection.ts';
export { sphericalPca } from './spherical-pca.ts';
export { sphericalUmap } from './spherical-umap.ts';
export { tldr } from './tldr.ts';
export { umap } from './umap.ts';
