export { type Estimate, LEVEL } from '../../numerics/statistics/intervals.ts';
export type { NullValue } from '../../numerics/statistics/null-value.ts';
export { createSpace, type SpaceFacts } from '../../structures/space/space.ts';
export type { RowFacts, RowSample, Space } from '../../structures/space/types.ts';
export type {
  CovarianceSpectrum,
  RowSpectrum,
  SpectrumDraws,
  SpectrumOf,
} from '../../structures/spectra/types.ts';
export type { SpanningTree } from '../../structures/trees/spanning-tree.ts';
export {
  createUniformModel,
  type NeighborDraws,
  type UniformModel,
} from '../../structures/uniform/uniform-model.ts';
export * from './support/retrieval.ts';
