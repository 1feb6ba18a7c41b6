export { type ClassRule, treeRules } from './support/class-rules.ts';
