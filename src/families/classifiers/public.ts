export { type ClassRule, treeRules } from './support/class-rules.ts';
export {
  boxContainments,
  learnConcept,
  memberships,
  type NewConcept,
} from './support/concept-boxes.ts';
export { type NearestToPrototype, nearestToPrototypes } from './support/nearest-to-prototypes.ts';
