// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { affinityCode, type AffinityCode } from './affinity-code.ts';
export { bestCode, type CertifiedCode } from './best-code.ts';
export { equiangularBasisVectors, type BasisVectors } from './equiangular-basis-vectors.ts';
export { lineCode, type LineProblem } from './line-code.ts';
export { maxMin } from './max-min.ts';
export { minimalEnergy, type EnergyCode } from './minimal-energy.ts';
export { semanticAssignment, type SemanticAssignment, type SemanticProblem } from './semantic-assignment.ts';
export { verifiedCode, type VerifiedCertificate } from './verified-code.ts';
