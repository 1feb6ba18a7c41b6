// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { full } from './full.ts';
export { hash } from './hash.ts';
export { mixedDimension } from './mixed-dimension.ts';
export { quotientRemainder } from './quotient-remainder.ts';
