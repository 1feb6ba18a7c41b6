import { counted } from '../../../core/text.ts';
import type { Rule } from '../contract.ts';
import { atLeast, digits, named, percent } from './shared.ts';

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
      sentence: `Some rows nearly coincide with another, as rows so dense do not by chance: ${named(rows, file)}.`,
      rows,
      columns: [],
      fix: `keep one of each; tammes disperse parts those that you keep`,
    };
  },
};

/**
 * A cap with as many rows that is so many times larger than the median one: with evenly spread rows, a Gamma
 * law of 10, one in 10⁸ is.
 */
const LONELY_VOLUME = 4;

/** Where there are more of them they are a sparse part of the file, which anti-hubs speak of. */
const MOST_LONELY = 0.05;

/** Rows that no other is near. */
export const lonelyRows: Rule = {
  id: 'lonely-rows',
  summary:
    'Rows far from all others: their neighbours are much farther than those of nearly all rows.',
  reads: ['codensity', 'gride'],
  examine(file) {
    const codensity = file.metric('codensity');
    const rows = codensity?.rows ?? [];
    const angles = Array.from(codensity?.series?.x ?? []);
    // In few dimensions chance alone makes angles very uneven: volumes are compared there.
    const dimensions = Math.max(1, atLeast(file.metric('gride')) || file.d - 1);
    const farthest = Math.max(...angles) / (codensity?.value ?? NaN);
    if (rows.length === 0 || rows.length > MOST_LONELY * file.n) return undefined;
    if (!(farthest ** dimensions > LONELY_VOLUME)) return undefined;
    const many = counted(rows.length, 'row lies', 'rows lie');
    return {
      severity: 'warning',
      sentence: `${many} far from all others (${named(rows, file)}): ${digits(Math.max(...angles))}° to the tenth neighbour of the farthest, where half of the rows have less than ${digits(codensity?.value ?? NaN)}°.`,
      rows,
      columns: [],
      fix: 'look at what these rows are: broken or foreign inputs often lie alone; leave those out',
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
  explains: ['lonely-rows', 'anti-hubs', 'few-dimensions'],
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
