export { adagradByRows } from './adagrad-by-rows.ts';
export { adam } from './adam.ts';
export { adamW } from './adam-w.ts';
export { byKind, type UpdatesByKind } from './by-kind.ts';
export { clipByGlobalNorm } from './clip-by-global-norm.ts';
export { lars } from './lars.ts';
export { riemannianAdam } from './riemannian-adam.ts';
export { riemannianSgd } from './riemannian-sgd.ts';
export {
  constantRate,
  cosineDecay,
  linearDecay,
  type Schedule,
  stepDecay,
  warmupCosine,
} from './schedules.ts';
export { sgd } from './sgd.ts';
export type { Update, UpdateState, UpdateStep } from './update.ts';
