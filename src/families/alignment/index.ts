// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { affine } from './affine.ts';
export { bootstrapAnchors } from './bootstrap-anchors.ts';
export { ccaSubspace } from './cca-subspace.ts';
export { localCka } from './local-cka.ts';
export { lowRank } from './low-rank.ts';
export { mlp } from './mlp.ts';
export { procrustes } from './procrustes.ts';
export { relative } from './relative.ts';
export { unpairedProcrustes } from './unpaired-procrustes.ts';
export { vec2vec } from './vec2vec.ts';
