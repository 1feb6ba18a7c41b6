export {
  type CertificateOptions,
  type ContrastiveCertificate,
  contrastiveCertificate,
  type MarginLoss,
} from './support/certificate.ts';
export { type ClassCodes, classCodes } from './support/class-codes.ts';
export { type ClassProbabilities, classProbabilities } from './support/class-probabilities.ts';
export { FIXED_CODES, type FixedCode } from './support/class-vectors.ts';
export {
  type Compatibility,
  compatibility,
  compatibilityAmong,
  type VersionRows,
} from './support/compatibility.ts';
export {
  type LabelTable,
  labelTable,
  withoutFeatures,
} from './support/label-attention/label-table.ts';
export { pairGates } from './support/pair-gates.ts';
export { type VerificationPairs, verificationAccuracy } from './support/pair-verification.ts';
export { type PredictedSteps, predictSteps, type StepsOptions } from './support/predict-steps.ts';
export { type TokenStates, tokenStates } from './support/token-states.ts';
export { type Recall, recallBothWays } from './support/towers/measures.ts';
export { translate } from './support/translation/translate.ts';
export {
  type MatchShape,
  matchProbabilities,
  uncertaintyOf,
} from './support/uncertainty.ts';
export {
  pairDistances,
  type Verification,
  type VerificationOptions,
  verification,
} from './support/verification.ts';
