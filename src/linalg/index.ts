export * from './eigh.ts';
