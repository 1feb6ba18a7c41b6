export { expansionOf, influenceOf } from './support/blended-places.ts';
export { outlierScores, reconstructed } from './support/reconstruction.ts';
