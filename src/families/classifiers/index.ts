// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { boxes } from './boxes.ts';
export { conse } from './conse.ts';
export { dem } from './dem.ts';
export { logistic } from './logistic.ts';
export { loki } from './loki.ts';
export { nearestMean } from './nearest-mean.ts';
export { prototypes } from './prototypes.ts';
export { psr } from './psr.ts';
export { tree } from './tree.ts';
