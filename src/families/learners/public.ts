export { FIXED_CODES, type FixedCode } from './support/class-vectors.ts';
export {
  pairDistances,
  type Verification,
  type VerificationOptions,
  verification,
} from './support/verification.ts';
