// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './types.ts';
export { family } from './family.ts';
export { bits } from './bits.ts';
export { csr } from './csr.ts';
export { float } from './float.ts';
export { float8 } from './float8.ts';
export { flops } from './flops.ts';
export { int4 } from './int4.ts';
export { int8 } from './int8.ts';
export { opq } from './opq.ts';
export { pca } from './pca.ts';
export { pq } from './pq.ts';
export { rotatedScalar } from './rotated-scalar.ts';
export { truncation } from './truncation.ts';
