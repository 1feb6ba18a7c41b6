export { type ComparePictures, detailsOf, type MovedRow } from './support/details.ts';
export { imageEmbedder, shapeOfImages, valueDistances } from './support/images.ts';
export { type MomentEstimate, type MomentOptions, momentNuclearNorm } from './support/moments.ts';
export {
  createPair,
  DEFAULT_MOST_ROWS,
  DEFAULT_SAMPLE,
  type PairOptions,
} from './support/pair.ts';
export { type RowDistortion, rowDistortion } from './support/row-distortion.ts';
export {
  planShapeDistance,
  type ShapePlan,
  type ShapePlanOptions,
  shapePlan,
} from './support/shape-plan.ts';
export { type Codebook, codebookOf, tokenEnergies } from './support/token-energies.ts';
export { type Grouping, unitGrouping } from './support/unit-groups.ts';
export { type Match, type Matches, matchedUnits } from './support/units.ts';
