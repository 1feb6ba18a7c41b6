import type { Rule } from '../contract.ts';
import { named } from './shared.ts';

export const nearDuplicates: Rule = {
  id: 'near-duplicates',
  summary: 'Rows that are the same, or nearly, as another.',
  reads: ['near-duplicates'],
  examine(file) {
    const row = file.metric('near-duplicates');
    const rows = row?.rows ?? [];
    if (!(row?.value && row.value > 0)) return undefined;
    return {
      severity: 'warning',
      sentence: `Some rows nearly coincide with another, as no two of so many rows do by chance: ${named(rows, file)}.`,
      rows,
      columns: [],
      fix: `keep one of each; tammes disperse parts those that you keep`,
    };
  },
};
