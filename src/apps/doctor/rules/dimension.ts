import type { Rule } from '../contract.ts';
import { atMost, digits } from './shared.ts';

/** Below this share of the columns two estimates must be for certain: a file a quarter as large might do. */
const SHARE = 0.25;

/**
 * How many columns to keep of rows near a surface of `dimension`: one of k dimensions goes into 2k + 1 without touching
 * itself (Whitney 1936), and need not into fewer.
 */
function columnsFor(dimension: number, d: number): number {
  return Math.min(d, 2 * Math.ceil(dimension) + 1);
}

/** Rows near a surface of few dimensions that no column or direction shows alone. */
export const fewDimensions: Rule = {
  id: 'few-dimensions',
  summary: `Rows lie on far fewer dimensions than columns: two estimates of the intrinsic dimension are below ${SHARE} of them.`,
  reads: ['gride', 'mle-dimension'],
  examine(file) {
    const [gride, likelihood] = [file.metric('gride'), file.metric('mle-dimension')];
    // NaN where one of them could not be estimated.
    const most = Math.max(atMost(gride), atMost(likelihood));
    if (!(most < SHARE * file.d)) return undefined;
    const columns = columnsFor(most, file.d);
    const [first, second] = [digits(likelihood?.value ?? NaN), digits(gride?.value ?? NaN)];
    // Shipped data are no file that could be converted.
    const halved = file.source.startsWith('dataset:')
      ? ''
      : ` (tammes convert ${file.source} small.npy --dtype f2)`;
    return {
      severity: 'note',
      sentence: `Neighbours are arranged as in about ${second} dimensions (GRIDE; ${first} by maximum likelihood), and ${file.d} are stored: they may fit in less.`,
      rows: [],
      columns: [],
      fix: `nothing is wrong with the rows; to store less, keep fewer bits${halved} or fewer columns: tammes reduce ${file.source} -o small.npy --method pca --dim ${columns} (a surface of so many dimensions goes into twice as many and one), which says how many neighbours stay`,
    };
  },
};
