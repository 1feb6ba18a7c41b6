export * from './directions.ts';
export * from './space-mark.ts';
