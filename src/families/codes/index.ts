export { type AffinityCode, affinityCode } from './affinity-code.ts';
export { bestCode, type CertifiedCode } from './best-code.ts';
export { allUpperBounds, type Bound, lineBounds, upperBounds } from './bounds/index.ts';
export type { Certificate, CertifiedBound } from './certificate/certificate.ts';
export { constructionFor, lineConstructionFor } from './constructions/index.ts';
export { type BasisVectors, equiangularBasisVectors } from './equiangular-basis-vectors.ts';
export { type LineProblem, lineCode } from './line-code.ts';
export { maxMin } from './max-min.ts';
export { type EnergyCode, minimalEnergy } from './minimal-energy.ts';
export {
  type SemanticAssignment,
  type SemanticProblem,
  semanticAssignment,
} from './semantic-assignment.ts';
export { type BestKnown, bestKnown } from './stored/index.ts';
export type { Code, CodeProblem, CodeRunOptions, CodeStart } from './types.ts';
export { type VerifiedCertificate, verifiedCode } from './verified-code.ts';
