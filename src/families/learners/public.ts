export { FIXED_CODES, type FixedCode } from './support/class-vectors.ts';
export { type TokenStates, tokenStates } from './support/token-states.ts';
