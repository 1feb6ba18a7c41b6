import { InputError } from '../../../core/errors.ts';
import { defineAction } from './define.ts';
import { dispersed } from './support/dispersed.ts';
import { pausedRun } from './support/paused-run.ts';

/**
 * The rows of the table become those of the step where the run stands. The recipe says `disperse` with the same settings
 * until that step, which gives the same bytes. Facts and array are those of `disperse`.
 */
export const disperseKeep = defineAction({
  id: 'disperse-keep',
  summary: 'Keeps what the dispersion that is watched has reached: a step that can be undone.',
  parameters: {},
  isStep: true,
  async run(state, _, { live, engine, signal }) {
    const run = pausedRun('disperse-keep', live);
    const { source, step, parameters } = run;
    if (step === 0)
      throw new InputError(
        'disperse-keep',
        'the run stands at its start: there is nothing to keep.',
      );
    if (state.tables.get(source.id)?.table !== source.table)
      throw new InputError(
        'disperse-keep',
        `table ${source.id} has changed since the run began; undo that, or discard the run.`,
      );
    const outcome = await dispersed(state, run, { engine, signal });
    live.dispersion = undefined;
    return { ...outcome, step: { action: 'disperse', parameters: { ...parameters, until: step } } };
  },
});
