import { disperseOptions } from '../../verbs/disperse-settings.ts';
import { defineAction } from './define.ts';
import { standOf } from './support/dispersed.ts';

/**
 * Where the run that is watched stands.
 *
 * Facts: `options`, those of `disperse` as data, and `run`, null where there is none, else `table`, `step`, `reached`, `steps`, `loss`, `objective`, `parted`,
 * `snapshots` (steps to which going back costs nothing), `parameters`, `history [{step, loss, gradientNorm}]`.
 */
export const disperseLook = defineAction({
  id: 'disperse-look',
  summary: 'Where the dispersion that is watched stands, and how its loss went.',
  parameters: {},
  isStep: false,
  isQuick: true,
  run(_, __, { live: { dispersion } }) {
    if (!dispersion) return { facts: { options: disperseOptions, run: null } };
    const { snapshots, parameters, history } = dispersion;
    const run = { ...standOf(dispersion), snapshots, parameters, history };
    return { facts: { options: disperseOptions, run } };
  },
});
