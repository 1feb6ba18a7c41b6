import { defineAction } from './define.ts';
import { standOf } from './support/dispersed.ts';

/**
 * Where the run that is watched stands.
 *
 * Facts: `run`, null where there is none, else `table`, `step`, `reached`, `steps`, `loss`, `objective`, `parted`,
 * `snapshots` (steps to which going back costs nothing), `parameters`, `history [{step, loss, gradientNorm}]`.
 */
export const disperseLook = defineAction({
  id: 'disperse-look',
  summary: 'Where the dispersion that is watched stands, and how its loss went.',
  parameters: {},
  isStep: false,
  isQuick: true,
  run(_, __, { live: { dispersion } }) {
    if (!dispersion) return { facts: { run: null } };
    const { snapshots, parameters, history } = dispersion;
    return { facts: { run: { ...standOf(dispersion), snapshots, parameters, history } } };
  },
});
