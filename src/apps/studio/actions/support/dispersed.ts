import type { RunControls } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import type { LiveDispersion } from '../../live/dispersion.ts';
import type { DispersionFrames } from '../../live/frames.ts';
import type { State } from '../../session/state.ts';
import type { Outcome } from '../define.ts';
import { acted } from './acted.ts';

/** The table with the points where a dispersion stands. */
export async function dispersed(
  state: State,
  live: LiveDispersion,
  run: RunControls & { readonly engine: Engine },
): Promise<Outcome> {
  const points = await live.points(run);
  // The table may have got fields since; its points are those that the run began with.
  const source = state.tables.get(live.source.id) ?? live.source;
  const facts = standOf(live);
  return acted(state, source, points, { action: 'disperse', judge: true, facts }, run);
}

/** Where a dispersion stands, as facts. */
export function standOf(live: LiveDispersion) {
  const { dispersion, step, reached, last, history } = live;
  return {
    table: live.source.id,
    step,
    reached,
    steps: last,
    loss: history.at(-1)?.loss ?? null,
    objective: dispersion.expression,
    parted: dispersion.parted,
  };
}

/** What frames are compared with, and what they show. */
export const aboutOf = ({ laws, projection: { about, dims, geometry } }: DispersionFrames) => ({
  laws,
  projection: { about, dims, geometry },
});
