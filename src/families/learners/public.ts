export {
  type CertificateOptions,
  type ContrastiveCertificate,
  contrastiveCertificate,
  type MarginLoss,
} from './support/certificate.ts';
export { FIXED_CODES, type FixedCode } from './support/class-vectors.ts';
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
