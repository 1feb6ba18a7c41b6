export { FIXED_CODES, type FixedCode } from './support/class-vectors.ts';
export { translate } from './support/translation/translate.ts';
