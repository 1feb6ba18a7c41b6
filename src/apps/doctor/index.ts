export * from './contract.ts';
export type { Cure } from './cures.ts';
export { examine } from './examine.ts';
export { type Condition, judged, parseCondition, type Verdict } from './gate.ts';
export { junit } from './junit.ts';
export { rules } from './rules/index.ts';
export { sarif } from './sarif.ts';
