// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { householder } from './householder.ts';
export { hypercomplex } from './hypercomplex.ts';
export { lora } from './lora.ts';
export { randomSubspace } from './random-subspace.ts';
export { tucker } from './tucker.ts';
export { wordSpan } from './word-span.ts';
