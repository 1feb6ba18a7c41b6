// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './types.ts';
export { family } from './family.ts';
export { coreset } from './coreset.ts';
export { largevis } from './largevis.ts';
export { mpad } from './mpad.ts';
export { pca } from './pca.ts';
export { randomProjection } from './random-projection.ts';
export { rieSne } from './rie-sne.ts';
export { sphericalPca } from './spherical-pca.ts';
export { sphericalUmap } from './spherical-umap.ts';
export { stein } from './stein.ts';
export { tsne } from './tsne.ts';
export { umap } from './umap.ts';
