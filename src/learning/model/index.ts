export { mlpModel, type RowModel } from './mlp-model.ts';
export {
  decodeModel,
  encodeModel,
  type Json,
  loadModel,
  type Model,
  type ModelSettings,
  restoreModel,
  type StoredModel,
  saveModel,
} from './model.ts';
