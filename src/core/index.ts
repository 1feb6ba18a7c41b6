export * from './errors.ts';
export * from './given-points.ts';
export * from './graph.ts';
export * from './matrix.ts';
export * from './random.ts';
export * from './rows.ts';
export * from './run.ts';
export * from './sparse.ts';
