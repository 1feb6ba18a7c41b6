export { type Fitted, fittedModel, fittedOf } from './fitted.ts';
export { mlpModel, type RowModel } from './mlp-model.ts';
export {
  decodeModel,
  encodeModel,
  type Json,
  kindOfModel,
  loadModel,
  type Model,
  type ModelSettings,
  restoreModel,
  type StoredModel,
  saveModel,
  storedModel,
} from './model.ts';
