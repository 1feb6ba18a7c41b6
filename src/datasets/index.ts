export * from './glove.ts';
export * from './package-descriptions.ts';
export * from './word-similarity.ts';
