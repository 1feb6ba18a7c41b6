export { type Concept, conceptOf, conceptOfRows } from './support/concept.ts';
export { leastSquaresClasses } from './support/least-squares-probe.ts';
export type { ConceptRows } from './support/moments.ts';
export { type Triggers, triggersIn } from './support/triggers.ts';
