export { fixedEncodings } from './support/fixed-encodings.ts';
