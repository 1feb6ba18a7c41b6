export { riemannianAdam } from './riemannian-adam.ts';
export { riemannianSgd } from './riemannian-sgd.ts';
export type {
  HistoryEntry,
  Optimizer,
  OptimizerResult,
  OptimizerRunOptions,
  OptimizerState,
  Problem,
} from './types.ts';
