export * from './factor-grid.ts';
export * from './grid-design.ts';
export * from './ideal-words.ts';
export * from './leave-one-out.ts';
