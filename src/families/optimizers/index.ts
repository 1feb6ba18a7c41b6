// Written by `npm run generate` from the folders.
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { riemannianAdam } from './riemannian-adam.ts';
export { riemannianSgd } from './riemannian-sgd.ts';
