export {
  type FreeOptions,
  type FreeResult,
  freeEmbeddings,
  mostFreeDocuments,
} from './free-embeddings.ts';
export { type LimitOptions, limitDataset } from './limit-dataset.ts';
