// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './types.ts';
export { family } from './family.ts';
export { pca } from './pca.ts';
export { rieSne } from './rie-sne.ts';
export { tsne } from './tsne.ts';
