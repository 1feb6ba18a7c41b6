export { outlierScores, reconstructed } from './support/reconstruction.ts';
