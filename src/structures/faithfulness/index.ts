export * from './faithfulness.ts';
