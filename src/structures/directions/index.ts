export * from './directions.ts';
export * from './same-products.ts';
export * from './shifted.ts';
export * from './space-mark.ts';
