import type { VectorTable } from '../table.ts';
import { loadCora } from './cora.ts';
import { loadGlove } from './glove.ts';
import { loadPackageDescriptions } from './package-descriptions.ts';

export * from './cora.ts';
export { loadCoraCitations } from './cora.ts';
export * from './glove.ts';
export * from './package-descriptions.ts';
export * from './word-similarity.ts';

const DATASETS: ReadonlyMap<string, () => Promise<VectorTable>> = new Map([
  ['glove', loadGlove],
  ['package-descriptions', loadPackageDescriptions],
  ['cora', loadCora],
]);

/** Names of the shipped sets of vectors. */
export function datasetNames(): string[] {
  return [...DATASETS.keys()];
}

/** How to load the shipped set of this name, if there is one. */
export function datasetByName(name: string): (() => Promise<VectorTable>) | undefined {
  return DATASETS.get(name);
}
