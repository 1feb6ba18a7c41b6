import { counted } from '../../../core/text.ts';
import type { Rule } from '../contract.ts';
import { atLeast, digits, percent } from './shared.ts';

const UNUSED = 0.25;
/** Of fewer rows chance leaves a direction all but empty. */
const FEWEST = 10;

/** Directions in which the centred rows hardly differ. */
export const unusedDirections: Rule = {
  id: 'unused-directions',
  summary: `More than ${percent(UNUSED)} of the directions carry next to nothing.`,
  reads: ['collapsed-directions'],
  explains: ['few-dimensions'],
  examine(file) {
    const unused = atLeast(file.metric('collapsed-directions'));
    const most = Math.min(file.n - 1, file.d);
    if (file.n < FEWEST || !(unused > UNUSED * most)) return undefined;
    const count = Math.max(1, Math.ceil(most - unused));
    return {
      severity: 'warning',
      sentence: `${digits(unused)} of ${most} directions ${unused === 1 ? 'is' : 'are'} all but empty: the rows fill a space of ${counted(most - unused, 'dimension')} and pay for ${file.d}.`,
      rows: [],
      columns: [],
      fix: `keep the first ${counted(count, 'principal direction')}; if a model made the rows, its training has collapsed`,
      cure: { id: 'keep-directions', count },
    };
  },
};

export const fewRows: Rule = {
  id: 'few-rows',
  summary: 'Fewer rows than columns: numbers of rank and spectrum say little.',
  reads: [],
  examine({ n, d }) {
    if (n >= d) return undefined;
    return {
      severity: 'note',
      sentence: `With ${counted(n, 'row')} in ${d} dimensions, ranks and spectra are those of the sample, not of the model.`,
      rows: [],
      columns: [],
      fix: `measure at least ${d} rows`,
    };
  },
};
