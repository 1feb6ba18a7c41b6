export { type ClassRule, treeRules } from './support/class-rules.ts';
export { type NearestToPrototype, nearestToPrototypes } from './support/nearest-to-prototypes.ts';
