export { centering } from './centering.ts';
export { csls } from './csls.ts';
export * from './define.ts';
export { localScaling } from './local-scaling.ts';
export { mutualProximity } from './mutual-proximity.ts';
export { rankToNormal } from './rank-to-normal.ts';
export * from './types.ts';
