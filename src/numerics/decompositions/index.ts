export * from '../solvers/assignment.ts';
export { cholesky, choleskySolve } from './cholesky.ts';
export { type Eigh, eigh, symmetricEigenvalues } from './eigh.ts';
export { type Qr, qr } from './qr.ts';
export { type Svd, singularValues, svd } from './svd.ts';
export * from './triangular.ts';
export { type Box, type Tucker, tuckerOf, tuckerProduct } from './tucker.ts';
