import type { Rule } from '../contract.ts';
import { named, percent } from './shared.ts';

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

/** Mean cosine within below which a population is spread like a whole space of its own. */
const SPREAD_WITHIN = 0.5;

/** Rows of different models in one file. */
export const mixedPopulations: Rule = {
  id: 'mixed-populations',
  summary:
    'Rows fall into groups that are nobody’s neighbours across, each spread like a space of its own.',
  reads: ['components'],
  examine(file) {
    const row = file.metric('components');
    if (!(row?.value && row.value > 1) || !row.series) return undefined;
    const { x: shares, y: cosines } = row.series;
    const apart = Array.from(cosines).filter((cosine) => cosine < SPREAD_WITHIN).length > 1;
    const sizes = Array.from(shares, percent).slice(0, 4).join(', ');
    const groups = `${row.value} groups (${sizes} of the rows) with no neighbours across`;
    if (!apart) {
      return {
        severity: 'note',
        sentence: `The rows form ${groups}: tight clusters.`,
        rows: row.rows ?? [],
        columns: [],
        fix: 'nothing, if you expect them; measure each cluster by itself otherwise',
      };
    }
    return {
      severity: 'error',
      sentence: `The rows form ${groups}, each spread over directions of its own: they probably come from different models.`,
      rows: row.rows ?? [],
      columns: [],
      fix: 'make all rows with one model, or keep them in files of their own; tammes compare tells two files apart',
    };
  },
};
