export {
  type Directions,
  decodeDirections,
  directionAt,
  encodeDirections,
  loadDirections,
  projected,
  saveDirections,
} from '../../structures/directions/index.ts';
export {
  type ImageDistances,
  type ImageEmbeddings,
  type ImageOptions,
  imageDistances,
  imageEmbeddings,
} from '../verbs/images.ts';
export {
  type LensNumber,
  type LensOptions,
  type LensResult,
  type LensRow,
  lens,
  type Token,
  type TokenSet,
} from '../verbs/lens.ts';
export * from './axis.ts';
export { type BlackBox, blackBoxOf } from './black-box.ts';
export * from './boxes.ts';
export * from './cam.ts';
export * from './class-vectors.ts';
export * from './concepts.ts';
export * from './dictionary.ts';
export * from './erase.ts';
export {
  type ExplainedFactors,
  explainFactors,
  type FactorOptions,
  factorDirections,
} from './factor.ts';
export { gridOfLabels, type LabeledGrid } from './grid-of-labels.ts';
export { type Guarded, type GuardedSet, type GuardInput, guardRows } from './guard.ts';
export * from './label-metric.ts';
export * from './match.ts';
export * from './monitor.ts';
export * from './monitor-file.ts';
export * from './pair.ts';
export * from './predictions.ts';
export * from './prototypes.ts';
export * from './rules.ts';
export { type SortedRow, type SortOptions, sortByAxis } from './sort.ts';
export * from './why.ts';
export * from './why-rating.ts';
export * from './zero-shot.ts';
