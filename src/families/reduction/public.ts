export { expansionOf, influenceOf } from './support/blended-places.ts';
export { outlierScores, reconstructed } from './support/reconstruction.ts';
export {
  type Stability,
  type StabilityOptions,
  stability,
  strengthDistances,
} from './support/stability.ts';
