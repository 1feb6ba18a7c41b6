export * from './network.ts';
export * from './revival.ts';
export * from './trained.ts';
