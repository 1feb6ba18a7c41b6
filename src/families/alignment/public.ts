export { type CountedOptions, countedVectors } from './support/counted-vectors.ts';
export {
  type Grounded,
  type GroundingPart,
  type GroundingWords,
  type GroundOptions,
  ground,
} from './support/grounding.ts';
export { type MultiView, type MultiViewOptions, multiViewCca } from './support/multi-view.ts';
export { type EdgeOptions, neighborEdges, stackedEdges } from './support/neighbor-edges.ts';
export {
  type Propagated,
  type PropagationOptions,
  propagateLabels,
} from './support/propagation.ts';
export {
  graphSimilarity,
  hypergraphSimilarity,
  type Similarity,
  weightedSimilarity,
} from './support/similarities.ts';
