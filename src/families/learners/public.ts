export { type ClassCodes, classCodes } from './support/class-codes.ts';
export { FIXED_CODES, type FixedCode } from './support/class-vectors.ts';
