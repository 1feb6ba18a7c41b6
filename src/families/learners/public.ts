export { type ClassCodes, classCodes } from './support/class-codes.ts';
export { FIXED_CODES, type FixedCode } from './support/class-vectors.ts';
export {
  type Compatibility,
  compatibility,
  compatibilityAmong,
  type VersionRows,
} from './support/compatibility.ts';
export { type TokenStates, tokenStates } from './support/token-states.ts';
export { translate } from './support/translation/translate.ts';
export { type VerificationPairs, verificationAccuracy } from './support/verification.ts';
