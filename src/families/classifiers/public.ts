export { type ClassRule, treeRules } from './support/class-rules.ts';
export {
  boxContainments,
  learnConcept,
  memberships,
  type NewConcept,
} from './support/concept-boxes.ts';
export { convexEmbeddings } from './support/convex-embeddings.ts';
export { labelLocus, labelScores, nextLabel } from './support/label-locus.ts';
export { type NearestToPrototype, nearestToPrototypes } from './support/nearest-to-prototypes.ts';
export {
  type ClassHubs,
  type ClassMean,
  calibrationOf,
  classHits,
  classHubs,
  type GeneralizedAccuracy,
  generalizedAccuracy,
} from './support/zero-shot-accuracy.ts';
