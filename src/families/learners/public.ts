export { FIXED_CODES, type FixedCode } from './support/class-vectors.ts';
export { pairGates } from './support/pair-gates.ts';
export { type PredictedSteps, predictSteps, type StepsOptions } from './support/predict-steps.ts';
