export { allUpperBounds, type Bound, lineBounds, upperBounds } from './bounds/index.ts';
export {
  type Certificate,
  type CertifiedBound,
  certificateOf,
} from './certificate/certificate.ts';
export { constructionFor, lineConstructionFor } from './constructions/index.ts';
export { separationOf } from './solver/separation.ts';
export { type BestKnown, bestKnown, THOMSON_ENERGIES } from './stored/index.ts';
export { requireProblem } from './support/problem.ts';
