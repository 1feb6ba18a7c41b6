export * from './assignment.ts';
export * from './eigh.ts';
