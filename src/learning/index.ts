export * from './layers/index.ts';
export * from './model/index.ts';
export * from './operations/index.ts';
export * from './samplers/index.ts';
export { checkpointed } from './tape/checkpointed.ts';
export {
  type Differentiated,
  evaluate,
  evaluateAll,
  type Gradient,
  gradientsOf,
} from './tape/evaluate.ts';
export { isParameter, type Parameter, type ParameterOptions, parameter } from './tape/parameter.ts';
export { substituted, substitution } from './tape/substituted.ts';
export {
  type BackwardPass,
  constant,
  type ForwardPass,
  operation,
  type Rule,
  type Shape,
  type Tensor,
} from './tape/tensor.ts';
export { Workspace } from './tape/workspace.ts';
export * from './training/index.ts';
export * from './updates/index.ts';
