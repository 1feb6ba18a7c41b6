export type { Manifold } from './contract.ts';
export { euclidean } from './euclidean.ts';
export { powerSpherical, uniformPoints, vonMisesFisher } from './sampling.ts';
export { sphere } from './sphere.ts';
