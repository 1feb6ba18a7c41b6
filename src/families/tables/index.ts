// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { deepHash } from './deep-hash.ts';
export { full } from './full.ts';
export { hash } from './hash.ts';
export { int8Rows } from './int8-rows.ts';
export { mixedDimension } from './mixed-dimension.ts';
export { multiHash } from './multi-hash.ts';
export { optembed } from './optembed.ts';
export { pep } from './pep.ts';
export { productCodes } from './product-codes.ts';
export { quotientRemainder } from './quotient-remainder.ts';
export { robe } from './robe.ts';
export { subspace } from './subspace.ts';
export { tensorTrain } from './tensor-train.ts';
export { unified } from './unified.ts';
