// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
export { autoencoder } from './autoencoder.ts';
export { classifier } from './classifier.ts';
export { clusters } from './clusters.ts';
export { contrastive } from './contrastive.ts';
export { gatedPairs } from './gated-pairs.ts';
export { generator, type GeneratorNetwork } from './generator.ts';
export { graphClassifier } from './graph-classifier.ts';
export { hedged } from './hedged.ts';
export { languageModel } from './language-model.ts';
export { metric } from './metric.ts';
export { textClassifier } from './text-classifier.ts';
export { translator } from './translator.ts';
export { twoTowers } from './two-towers.ts';
export { twoViews } from './two-views.ts';
