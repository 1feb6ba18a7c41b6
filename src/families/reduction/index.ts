// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { diffusionMap } from './diffusion-map.ts';
export { diffusionNet } from './diffusion-net.ts';
export { gaussianLinear } from './gaussian-linear.ts';
export { mds } from './mds.ts';
export { pca } from './pca.ts';
