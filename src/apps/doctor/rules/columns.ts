import { counted } from '../../../core/text.ts';
import type { Rule } from '../contract.ts';

/** Columns that tell no two rows apart. */
export const constantColumns: Rule = {
  id: 'constant-columns',
  summary: 'Columns with one value in every row.',
  reads: [],
  examine({ n, d, facts }) {
    const columns = facts?.columns.constant ?? [];
    // Where all are, the rows are one vector, of which others speak.
    if (columns.length === 0 || columns.length === d || n < 3) return undefined;
    return {
      severity: 'note',
      sentence: `${counted(columns.length, 'column has', 'columns have')} one value in every row (${shown(columns)}, counted from 0): nothing is told apart by ${columns.length === 1 ? 'it' : 'them'}.`,
      rows: [],
      columns,
      fix: `leave ${columns.length === 1 ? 'it' : 'them'} out, or look at what should be there`,
      cure: { id: 'drop-columns', columns },
    };
  },
};

/** Columns that count twice. */
export const repeatedColumns: Rule = {
  id: 'repeated-columns',
  summary: 'Columns that are an earlier one, up to a factor and an offset.',
  reads: [],
  examine({ facts }) {
    const columns = facts?.columns.repeated ?? [];
    if (columns.length === 0) return undefined;
    return {
      severity: 'note',
      sentence: `${counted(columns.length, 'column repeats', 'columns repeat')} an earlier one up to a factor and an offset (${shown(columns)}, counted from 0): what they hold counts twice in every distance.`,
      rows: [],
      columns,
      fix: `leave ${columns.length === 1 ? 'it' : 'them'} out`,
      cure: { id: 'drop-columns', columns },
    };
  },
};

function shown(columns: readonly number[]): string {
  return columns.slice(0, 5).join(', ') + (columns.length > 5 ? ', …' : '');
}
