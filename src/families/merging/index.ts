// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { adamerging } from './adamerging.ts';
export { average } from './average.ts';
export { concrete } from './concrete.ts';
export { taskArithmetic } from './task-arithmetic.ts';
export { ties } from './ties.ts';
