// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { classActivation } from './class-activation.ts';
export { doei } from './doei.ts';
export { lastLayer } from './last-layer.ts';
export { lateInteraction } from './late-interaction.ts';
export { pooledSimilarity } from './pooled-similarity.ts';
export { representers } from './representers.ts';
export { sparseRepresenters } from './sparse-representers.ts';
