import { counted } from '../../../core/text.ts';
import type { TableLine } from '../../../families/metrics/types.ts';
import type { Finding, Rule } from '../contract.ts';
import { atMost, percent } from './shared.ts';

export const labelsAtChance: Rule = {
  id: 'labels-at-chance',
  summary:
    'Neighbours do not share classes more often than chance: not encoded, or rows and classes out of step.',
  reads: ['knn-accuracy'],
  examine(file) {
    const accuracy = file.metric('knn-accuracy');
    const chance = accuracy?.null?.high ?? accuracy?.null?.value;
    if (accuracy?.value == null || chance === undefined) return undefined;
    if (accuracy.value > chance && atMost(accuracy) > chance) return undefined;
    const head = `The neighbours of a row tell its class no better than chance (${percent(accuracy.value)})`;
    const moved = accuracy.table?.[0];
    return moved ? outOfStep(head, moved) : notEncoded(head);
  },
};

type Found = Omit<Finding, 'id'>;

function outOfStep(head: string, moved: TableLine): Found {
  const { 'classes moved by': moves, accuracy } = moved;
  const by = Number(moves);
  const rows = `${counted(Math.abs(by), 'row')} ${by > 0 ? 'down' : 'up'}`;
  return {
    severity: 'error',
    sentence: `${head}, and much better (${percent(Number(accuracy))}) when the classes are moved ${rows}: rows and classes are out of step.`,
    rows: [],
    columns: [],
    fix: 'look for a header read as a row, or a row that one of the two files lost',
  };
}

function notEncoded(head: string): Found {
  return {
    severity: 'error',
    sentence: `${head}: either this space does not encode these classes, or rows and classes are not in the same order.`,
    rows: [],
    columns: [],
    fix: 'check that rows and classes come from the same file in the same order (tammes compare finds permuted rows); if they do, these vectors know nothing of these classes',
  };
}
