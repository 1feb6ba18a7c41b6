export { FIXED_CODES, type FixedCode } from './support/class-vectors.ts';
