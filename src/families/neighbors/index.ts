export { centering } from './centering.ts';
export * from './contract.ts';
export { csls } from './csls.ts';
export { localScaling } from './local-scaling.ts';
export { mutualProximity } from './mutual-proximity.ts';
export { rankToNormal } from './rank-to-normal.ts';
