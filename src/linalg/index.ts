export * from './assignment.ts';
export { cholesky, choleskySolve } from './cholesky.ts';
export * from './eigh.ts';
export * from './qr.ts';
export * from './svd.ts';
export * from './triangular.ts';
