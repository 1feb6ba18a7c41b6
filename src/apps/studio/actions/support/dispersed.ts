import type { Matrix } from '../../../../core/matrix.ts';
import type { RunControls } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import type { LiveDispersion } from '../../live/dispersion.ts';
import type { DispersionFrames } from '../../live/frames.ts';
import type { State } from '../../session/state.ts';
import type { Outcome } from '../define.ts';
import { acted } from './acted.ts';
import { projectionOf } from './dispersion-view.ts';

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
  const done = await acted(state, source, points, { action: 'disperse', judge: true, facts }, run);
  return { ...done, state: done.state && (await withMovedMaps(done.state, live, points, run)) };
}

/** Reductions that place many rows at once. */
const LINEAR = ['pca', 'random-projection', 'gaussian-linear'];

/** The state with the rows where they have gone in the linear maps of their table, as frames showed them. */
async function withMovedMaps(
  state: State,
  live: LiveDispersion,
  points: Matrix,
  run: RunControls & { readonly engine: Engine },
): Promise<State> {
  const maps = new Map(state.maps);
  for (const map of state.maps.values()) {
    const { info, placing } = map;
    const isLinear =
      placing?.kind === 'directions' ||
      (placing?.kind === 'reduction' && LINEAR.includes(placing.method));
    if (info.table !== live.source.id || !isLinear) continue;
    const view = { map: info.id, view: 'plane' as const };
    const { place } = await projectionOf('disperse', state, live, view, run);
    const { outdated: _, ...rest } = info;
    maps.set(info.id, { ...map, info: rest, points: await place(points) });
  }
  return { ...state, maps };
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
