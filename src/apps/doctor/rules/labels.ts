import type { Rule } from '../contract.ts';
import { atMost, percent } from './shared.ts';

export const labelsAtChance: Rule = {
  id: 'labels-at-chance',
  summary:
    'Neighbours do not share classes more often than chance: rows and classes may be out of step.',
  reads: ['knn-accuracy'],
  examine(file) {
    const accuracy = file.metric('knn-accuracy');
    const chance = accuracy?.null?.high ?? accuracy?.null?.value;
    if (accuracy?.value == null || chance === undefined) return undefined;
    if (accuracy.value > chance && atMost(accuracy) > chance) return undefined;
    return {
      severity: 'error',
      sentence: `The neighbours of a row tell its class no better than chance (${percent(accuracy.value)}): rows and classes are probably not in the same order.`,
      rows: [],
      columns: [],
      fix: 'check that rows and classes come from the same file in the same order; tammes compare finds permuted rows',
    };
  },
};
