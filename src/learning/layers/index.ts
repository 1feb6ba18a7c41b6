export { type ConvolutionOptions, convolution } from './convolution.ts';
export { type DenseOptions, dense } from './dense.ts';
export { type EmbeddingTableOptions, embeddingTable } from './embedding-table.ts';
export { type HypercomplexOptions, hypercomplex } from './hypercomplex.ts';
export { type Initial, type LayerOptions, numbers } from './initial.ts';
export { type Layer, layer } from './layer.ts';
export { type MlpOptions, mlp } from './mlp.ts';
export { type NormalizationOptions, normalization } from './normalization.ts';
export { type Prototypes, type PrototypesOptions, prototypes } from './prototypes.ts';
export { relativeTo } from './relative-to.ts';
export { type Stitch, type StitchOptions, settleStitch, stitch } from './stitch.ts';
export {
  type TransformerBlock,
  type TransformerBlockOptions,
  transformerBlock,
} from './transformer-block.ts';
