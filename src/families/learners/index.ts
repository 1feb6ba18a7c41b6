// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { classifier } from './classifier.ts';
export { contrastive } from './contrastive.ts';
export { hedged } from './hedged.ts';
export { metric } from './metric.ts';
