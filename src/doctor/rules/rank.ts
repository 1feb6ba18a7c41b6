import { counted } from '../../core/text.ts';
import type { Rule } from '../contract.ts';
import { atLeast, digits, percent } from './shared.ts';

const UNUSED = 0.25;

/** Directions in which the centred rows hardly differ. */
export const unusedDirections: Rule = {
  id: 'unused-directions',
  summary: `More than ${percent(UNUSED)} of the directions carry next to nothing.`,
  reads: ['collapsed-directions'],
  explains: ['few-dimensions'],
  examine(file) {
    const unused = atLeast(file.metric('collapsed-directions'));
    const most = Math.min(file.n - 1, file.d);
    if (!(unused > UNUSED * most)) return undefined;
    return {
      severity: 'warning',
      sentence: `${digits(unused)} of ${most} directions are all but empty: the rows fill a space of ${digits(most - unused)} dimensions and pay for ${file.d}.`,
      rows: [],
      columns: [],
      fix: `keep the first ${Math.max(1, Math.ceil(most - unused))} principal directions; if a model made the rows, its training has collapsed`,
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
