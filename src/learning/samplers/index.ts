export { type Batches, type BatchOptions, batches, type Draws } from './batches.ts';
export { type ClassBalancedOptions, classBalanced } from './class-balanced.ts';
export { type MemoryBank, type MemoryBankOptions, memoryBank } from './memory-bank.ts';
export { type LabelledDraws, type Pairs, pairs } from './pairs.ts';
export { type Triplets, triplets } from './triplets.ts';
export { type TwoViews, twoViews, type View } from './two-views.ts';
