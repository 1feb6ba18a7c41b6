import type { Rule } from '../contract.ts';
import { atLeast, digits, named, percent, spreadCommand } from './shared.ts';

const HUBS = 1;

/** A few rows answer every search. */
export const hubs: Rule = {
  id: 'hubs',
  summary: `Hubs: the skewness of the 10-occurrence is above ${HUBS} and above its null.`,
  reads: ['hubness-skewness', 'largest-hub', 'anti-hubs'],
  examine(file) {
    const skewness = file.metric('hubness-skewness');
    const sure = atLeast(skewness);
    if (!(sure > HUBS) || !(sure > (skewness?.null?.high ?? 0))) return undefined;
    const largest = file.metric('largest-hub');
    const rows = largest?.rows ?? skewness?.rows ?? [];
    const never = file.metric('anti-hubs')?.value;
    const who = rows.length > 0 ? `: ${named(rows, file)}` : '';
    const others =
      typeof never === 'number' ? `, while ${percent(never)} of the rows are in no list` : '';
    return {
      severity: 'warning',
      sentence: `A few rows are among the neighbours of very many (hubness skewness ${digits(skewness?.value ?? NaN)}${who})${others}: searches return the same rows again and again.`,
      rows,
      columns: [],
      fix: spreadCommand(file),
    };
  },
};
