import { InputError } from '../../../core/errors.ts';
import { integer } from '../../../method/options.ts';
import type { LiveDispersion } from '../live/dispersion.ts';
import { DispersionFrames } from '../live/frames.ts';
import type { State } from '../session/state.ts';
import { type ActionContext, defineAction } from './define.ts';
import { aboutOf, standOf } from './support/dispersed.ts';
import {
  type DispersionSettings,
  dispersionParameters,
  isSame,
  newDispersion,
  settingsOf,
  sourceOf,
} from './support/dispersing.ts';
import { projectionOf, viewParameters } from './support/dispersion-view.ts';

/**
 * Starts a dispersion, or goes on with the one that is paused, and shows it. It runs as long as the call: who ends the
 * call pauses the run at the last whole step, and the same call again goes on from there. The table stays as it is until
 * `disperse-keep`.
 *
 * Frames: facts `step`, `loss`, `gradientNorm`, `stepsPerSecond` and, when angles were taken, `smallestDeg`, `rows`,
 * `medianDeg`, `asked`, `exact`; arrays `points` (n × 2 or 3, float32) and, with angles, `edges`, `counts`, `nullAngles`,
 * `nullDensity` (degrees to the nearest row). Facts of the answer: those of `disperse-look`, with `laws` (`boundDeg`,
 * `boundName`, `bestKnownDeg`, `uniformSmallestDeg`, `uniformMeanDeg`, `uniformMedianDeg`) and `projection`; its arrays are those
 * of the last frame. The first frame has the other facts of the
 * answer as well.
 */
export const disperseRun = defineAction({
  id: 'disperse-run',
  summary:
    'Starts or goes on with a dispersion that is watched; ending the call pauses it, and nothing changes until it is kept.',
  parameters: {
    ...dispersionParameters,
    until: integer(0, 'Pauses after this step; 0 goes to the end.', { min: 0 }),
    ...viewParameters,
  },
  isStep: false,
  async run(state, parameters, context) {
    const settings = settingsOf(parameters);
    const live = await runningOf(state, settings, context);
    const { engine, signal, onProgress, onFrame } = context;
    let isFirst = true;
    const projection = await projectionOf('disperse-run', state, live, parameters, context);
    const frames: DispersionFrames = new DispersionFrames(live, projection, engine, (frame) => {
      const facts = isFirst
        ? { ...standOf(live), ...frame.facts, ...aboutOf(frames) }
        : frame.facts;
      isFirst = false;
      return onFrame?.({ ...frame, facts });
    });
    const { stop } = await live.goOn({
      signal,
      onProgress,
      until: parameters.until || undefined,
      onStep: onFrame && ((reached) => frames.offer(reached, signal)),
    });
    const { facts, arrays } = await frames.end(live, signal);
    return { facts: { ...facts, ...standOf(live), ...aboutOf(frames), stop }, arrays };
  },
});

/** The run that is paused, or a new one; refuses to lose what another one reached. */
async function runningOf(
  state: State,
  settings: DispersionSettings,
  { engine, live, signal, onProgress }: ActionContext,
): Promise<LiveDispersion> {
  const paused = live.dispersion;
  if (paused && isSame(paused, state, settings)) return paused;
  if (paused && paused.step > 0) {
    throw new InputError(
      'disperse-run',
      `a run of table ${paused.source.id} with other settings stands at step ${paused.step}; keep or discard it first.`,
    );
  }
  const source = sourceOf('disperse-run', state, settings);
  const run = await newDispersion(source, settings, { engine, signal, onProgress });
  live.dispersion = run;
  return run;
}
