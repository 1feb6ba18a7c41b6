export * from './method.ts';
export * from './options.ts';
