import { InputError } from '../../../core/errors.ts';
import { integer } from '../../../method/options.ts';
import { DispersionFrames } from '../live/frames.ts';
import { defineAction } from './define.ts';
import { aboutOf, standOf } from './support/dispersed.ts';
import { projectionOf, viewParameters } from './support/dispersion-view.ts';
import { pausedRun } from './support/paused-run.ts';

/**
 * Goes to any step that the run has reached, back or forth, in the bytes that it had there: from the nearest kept state,
 * by taking the steps after it anew. Facts and arrays are those of `disperse-run`.
 */
export const disperseRewind = defineAction({
  id: 'disperse-rewind',
  summary: 'Takes the dispersion that is watched to a step it has reached.',
  parameters: {
    step: integer(-1, 'The step; 0 is the start, −1 where the run stands.', { min: -1 }),
    ...viewParameters,
  },
  isStep: false,
  async run(state, { step: wanted, ...view }, context) {
    const { live, signal, onProgress } = context;
    const run = pausedRun('disperse-rewind', live);
    const step = wanted < 0 ? run.step : wanted;
    if (step > run.reached)
      throw new InputError(
        'disperse-rewind',
        `the run has reached step ${run.reached}; it can go to 0 … ${run.reached}, not to ${step}.`,
      );
    await run.goTo(step, { signal, onProgress });
    const projection = await projectionOf('disperse-rewind', state, run, view, context);
    const frames = new DispersionFrames(run, projection, context.engine, () => undefined);
    const { facts, arrays } = await frames.end(run, signal);
    return { facts: { ...facts, ...standOf(run), ...aboutOf(frames) }, arrays };
  },
});
