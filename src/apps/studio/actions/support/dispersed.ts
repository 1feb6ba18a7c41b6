import type { RunControls } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import type { LiveDispersion } from '../../live/dispersion.ts';
import type { State } from '../../session/state.ts';
import type { Outcome } from '../define.ts';
import { beforeAfter } from './before-after.ts';
import { changed } from './moved.ts';

/** The table with the points where a dispersion stands. */
export async function dispersed(
  state: State,
  live: LiveDispersion,
  run: RunControls & { readonly engine: Engine },
): Promise<Outcome> {
  const points = await live.points(run);
  const { table } = live.source;
  // The table may have got fields since; its points are those that the run began with.
  const source = state.tables.get(live.source.id) ?? live.source;
  return {
    facts: {
      ...standOf(live),
      ...(await beforeAfter(table.points, points, run)),
    },
    ...changed(state, source, points, 'disperse'),
  };
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
