import { integer } from '../../../method/options.ts';
import { defineAction } from './define.ts';
import { dispersed } from './support/dispersed.ts';
import { dispersionParameters, newDispersion, settingsOf, sourceOf } from './support/dispersing.ts';

/**
 * Spreads the rows of a table in one go. The rows become unit rows. In maps by principal components
 * they are where they went, each at the length it had; other maps stay as they were.
 *
 * Facts: `step`, `steps`, `reached`, `loss`, `objective` (with the fidelity term), `parted`, and those of every act on a
 * table: `table`, `rows`, `columns`, `moved {meanDeg, medianDeg, largestDeg}`, `neighborsKept {value, low, high}`, `measured {rows,
 * ofRows, numbers [{id, title, unit, before, after, null}]}`, before and after `{value, low, high}`. Arrays: `moved` (degrees)
 * and `neighbors-kept` (shares) of each row, which are fields of the table too.
 */
export const disperse = defineAction({
  id: 'disperse',
  summary: 'Spreads the rows of a table on the sphere, to the end or to a step.',
  parameters: {
    ...dispersionParameters,
    until: integer(0, 'Stops after this step of the schedule; 0 goes to the end.', { min: 0 }),
  },
  isStep: true,
  async run(state, parameters, context) {
    const settings = settingsOf(parameters);
    const source = sourceOf('disperse', state, settings);
    const live = await newDispersion(source, settings, context);
    const { engine, signal, onProgress } = context;
    await live.goOn({ signal, onProgress, until: parameters.until || undefined });
    return dispersed(state, live, { engine, signal });
  },
});
