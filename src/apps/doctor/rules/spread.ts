import { counted } from '../../../core/text.ts';
import { normVariation, rogueDimensions } from '../../../families/metrics/index.ts';
import { medianOf, sumOf } from '../../../numerics/statistics/averages.ts';
import type { Examined, Rule } from '../contract.ts';
import { above, atLeast, atMost, digits, named, percent, spreadCommand } from './shared.ts';

const COLLAPSED_COSINE = 0.9;
const OFF_CENTER_COSINE = 0.1;

/** Two rows at random are nearly the same row. */
export const collapsed: Rule = {
  id: 'collapsed',
  summary: `All rows point the same way: mean cosine above ${COLLAPSED_COSINE}.`,
  reads: ['mean-cosine'],
  explains: [
    'off-center',
    'rogue-dimensions',
    'unused-directions',
    'few-dimensions',
    'hubs',
    'anti-hubs',
    'lonely-rows',
    'near-duplicates',
  ],
  examine(file) {
    const cosine = file.metric('mean-cosine');
    if (!above(cosine, COLLAPSED_COSINE)) return undefined;
    const value = digits(cosine?.value ?? NaN);
    const columns = heavyByMean(file);
    const most =
      columns.length > 0
        ? ` Most of what they share stands in column ${columns.join(', ')} (counted from 0).`
        : '';
    return {
      severity: 'error',
      sentence: `The rows have collapsed: two rows at random have a cosine of ${value}, so little tells them apart.${most}${sharedAlong(file)}`,
      rows: [],
      columns,
      fix: `look at the model that made them; to use them as they are, scale rows to unit length and subtract the mean row, or ${spreadCommand(file)}`,
      cure: { id: 'subtract-mean' },
    };
  },
};

/** A common direction eats part of every cosine. */
export const offCenter: Rule = {
  id: 'off-center',
  summary: `Rows share a direction: mean cosine above ${OFF_CENTER_COSINE}.`,
  reads: ['mean-cosine'],
  explains: ['hubs', 'anti-hubs'],
  examine(file) {
    const cosine = file.metric('mean-cosine');
    if (!above(cosine, OFF_CENTER_COSINE)) return undefined;
    const value = digits(cosine?.value ?? NaN);
    return {
      severity: 'warning',
      sentence: `The rows lie off centre: two rows at random have a cosine of ${value} instead of 0, a direction they share that says nothing about either${mostlyIn(heavyByMean(file))}.${sharedAlong(file)}`,
      rows: [],
      columns: heavyByMean(file),
      fix: `scale rows to unit length and subtract the mean row, or ${spreadCommand(file)}`,
      cure: { id: 'subtract-mean' },
    };
  },
};

/** Columns that have half of what all rows share, or more, in their mean. */
function heavyByMean({ facts }: Examined): number[] {
  const shares = facts?.shares.mean ?? new Float64Array();
  const total = sumOf(shares);
  return [...shares.keys()].filter((c) => shares[c] > 0.5 * total);
}

/** Which direction it is: the rows at its two ends, and how much of the mean cosine the first component has. */
function sharedAlong(file: Examined): string {
  const common = file.facts?.common;
  if (!common || common.most.length === 0) return '';
  const { share, most, least } = common;
  return ` It is the direction of the mean row, with ${percent(share)} of the mean cosine in the first component; ${named(most, file)} have most of it, ${named(least, file)} least.`;
}

function mostlyIn(columns: readonly number[]): string {
  return columns.length > 0 ? `, most of it in column ${columns.join(', ')} (counted from 0)` : '';
}

const TIMES = rogueDimensions.spec.options.times.default;

/** Of these columns, those that outweigh the others still when the mean row is subtracted. */
function heavyByVariance(columns: readonly number[], { facts }: Examined): readonly number[] {
  if (!facts) return columns;
  const { variance } = facts.shares;
  const most = TIMES * medianOf(variance);
  return columns.filter((c) => variance[c] > most);
}

/** Columns that decide the cosine alone. */
export const outweighing: Rule = {
  id: 'rogue-dimensions',
  summary: 'Single columns decide the cosine.',
  reads: ['rogue-dimensions', 'mean-cosine'],
  explains: ['off-center', 'hubs', 'anti-hubs', 'few-dimensions'],
  examine(file) {
    const row = file.metric('rogue-dimensions');
    const columns = row?.columns ?? [];
    if (columns.length === 0 || !above(row, 0)) return undefined;
    const varied = heavyByVariance(columns, file);
    const byMean = varied.length === 0;
    // Then off-center says so, and what it names helps.
    if (byMean && above(file.metric('mean-cosine'), OFF_CENTER_COSINE)) return undefined;
    const which = columns.slice(0, 5).join(', ') + (columns.length > 5 ? ', …' : '');
    const subject =
      columns.length === 1 ? `Column ${which} outweighs` : `Columns ${which} outweigh`;
    return {
      severity: 'warning',
      sentence: `${subject} the others in every cosine (columns counted from 0), so the rest is hardly heard.`,
      rows: [],
      columns,
      fix: byMean
        ? `scale rows to unit length and subtract the mean row, or ${spreadCommand(file)}`
        : `scale rows to unit length, subtract the mean of ${columns.length === 1 ? 'this column' : 'these columns'} and divide ${columns.length === 1 ? 'it' : 'them'} down to the variance of the others, or ${spreadCommand(file)}`,
      cure: byMean ? { id: 'subtract-mean' } : { id: 'equalize-columns', columns },
    };
  },
};

/** Few rows that decide means and covariances of the rows as they came. */
export const longRows: Rule = {
  id: 'long-rows',
  summary:
    'Few rows far longer than the others, that have a fifth of the squared length of all or more.',
  reads: [],
  examine(file) {
    const found = file.facts?.longRows;
    if (!found) return undefined;
    const { rows, share, times } = found;
    const many = counted(rows.length, 'row is', 'rows are');
    return {
      severity: 'warning',
      sentence: `${many} far longer than the others, up to ${digits(times)} times the median (${named(rows, file)}): ${percent(rows.length / file.n)} of the rows have ${percent(share)} of all squared length, and inner products, means and covariances are theirs.`,
      rows,
      columns: [],
      fix: 'check how these rows were made and leave them out, or scale all rows to unit length',
      cure: { id: 'drop-rows', rows },
    };
  },
};

const SHORT = normVariation.spec.options.share.default;

export const shortRows: Rule = {
  id: 'short-rows',
  summary: `Rows shorter than ${percent(SHORT)} of the median length, whose direction may be noise.`,
  reads: ['norm-variation'],
  explains: ['lonely-rows'],
  examine(file) {
    const rows = file.metric('norm-variation')?.rows ?? [];
    if (rows.length === 0) return undefined;
    const many = counted(rows.length, 'row is', 'rows are');
    const directions = rows.length === 1 ? 'its direction' : 'their directions';
    return {
      severity: 'warning',
      sentence: `${many} far shorter than the others, so that ${directions} may be rounding or noise.`,
      rows,
      columns: [],
      fix: 'check how these rows were made; leave them out if they are empty inputs',
      cure: { id: 'drop-rows', rows },
    };
  },
};

const FOLLOWS = 0.3;

export const normsFollowFrequency: Rule = {
  id: 'norms-follow-frequency',
  summary: `Row length follows frequency: rank correlation above ${FOLLOWS} in size.`,
  reads: ['norm-frequency-correlation'],
  examine(file) {
    const row = file.metric('norm-frequency-correlation');
    const sure = Math.max(atLeast(row), -atMost(row));
    if (!(sure > FOLLOWS)) return undefined;
    return {
      severity: 'note',
      sentence: `Row lengths follow frequency (rank correlation ${digits(row?.value ?? NaN)}): inner products favour ${(row?.value ?? 0) > 0 ? 'frequent' : 'rare'} items.`,
      rows: [],
      columns: [],
      fix: 'compare by cosine, not by inner product: scale rows to unit length',
      cure: { id: 'scale-rows' },
    };
  },
};
