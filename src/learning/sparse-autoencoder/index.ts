export * from './dictionary.ts';
export * from './named-features.ts';
export * from './network.ts';
export * from './pressure.ts';
export * from './revival.ts';
export * from './trained.ts';
