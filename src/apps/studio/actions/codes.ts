import { InputError, ShapeError } from '../../../core/errors.ts';
import { type Matrix, matrix, row, toFloat32 } from '../../../core/matrix.ts';
import { maxMin } from '../../../families/codes/index.ts';
import { choice, integer } from '../../../method/options.ts';
import { dot } from '../../../numerics/rows/dot.ts';
import { code, verifyCode } from '../../verbs/code.ts';
import { codeFrames } from '../live/code-frames.ts';
import { studioTable } from '../session/table.ts';
import { type ActionContext, defineAction } from './define.ts';
import { freeName, packedMatrix, withMap, withTable } from './support/changes.ts';

/**
 * Points of the sphere as far apart as a search finds: Tammes' problem, watched. They become a table of their own, with a map
 * where they can be seen as they are (two or three columns). Of a search that is watched and stopped the best that was shown stays;
 * the recipe then says `points`.
 *
 * Facts: `table`, `map` (id or null) and `certificate`, as `tammes code` prints it: `minAngleDeg`, `bestKnownDeg`,
 * `bestKnownSource`, `bounds [{name, deg}]`, `gapToBoundDeg`, `provenOptimal`, `contacts`. Array `points`, n × d, float64. Frames:
 * facts `minAngleDeg` (of all pairs of the points shown), `bestDeg` (of all frames so far), `bestKnownDeg`, `boundDeg`,
 * `boundName`, `about`; array `points`, n × 2 or 3, float32.
 */
export const codes = defineAction({
  id: 'codes',
  summary:
    'Points of the sphere as far apart as a search finds, with the proof of how good they are.',
  parameters: {
    count: integer(24, 'How many points.', { min: 2, max: 2000 }),
    dim: integer(3, 'Columns: 3 is the sphere that one sees.', { min: 2, max: 1024 }),
    from: choice(
      ['search', 'best'],
      'search',
      'A search from random points, which is watched, or the best there is a way to.',
    ),
    chains: integer(0, 'Random starts; 0: as many as the size is worth.', { min: 0, max: 1000 }),
    patience: integer(40, 'Moves without gain after which a start is given up.', { min: 0 }),
    seed: integer(0, 'Seed of the search.', { min: 0 }),
    points: {
      kind: 'numbers',
      doc: 'The points themselves, row by row, in place of a search: as one that was stopped left them.',
    },
  },
  isStep: true,
  async run(state, parameters, context) {
    const { count, dim } = parameters;
    const { points, certificate, isBestSoFar = false } = await made(parameters, context);
    const id = freeName(`code-${count}x${dim}`, state.tables);
    const name = `${count} points of ${dim} columns`;
    const table = await studioTable(id, name, { points: toFloat32(points) });
    const shown = dim <= 3 ? toFloat32(points) : undefined;
    const map = freeName(id, state.maps);
    const dims: 2 | 3 = dim === 2 ? 2 : 3;
    const info = {
      id: map,
      table: id,
      title: 'The code itself',
      dims,
      geometry: dim === 2 ? ('plane' as const) : ('sphere' as const),
      places: false,
    };
    const after = withTable(state, table);
    return {
      state: shown ? withMap(after, { info, points: shown }) : after,
      facts: { table: id, map: shown ? map : null, certificate },
      arrays: { points: packedMatrix(points) },
      // How far a search has come by the clock is not the same twice.
      ...(isBestSoFar && {
        step: { action: 'codes', parameters: { count, dim, points: [...points.data] } },
      }),
    };
  },
});

interface Wanted {
  readonly count: number;
  readonly dim: number;
  readonly from: 'search' | 'best';
  readonly chains: number;
  readonly patience: number;
  readonly seed: number;
  readonly points: readonly number[] | undefined;
}

interface Made {
  readonly points: Matrix<Float64Array>;
  readonly certificate: object;
  readonly isBestSoFar?: boolean;
}

/** The points, and what is known of them but the time that they took, which is not the same twice. */
async function made(
  { count, dim, from, points: given, ...search }: Wanted,
  context: ActionContext,
): Promise<Made> {
  const { signal, onProgress } = context;
  if (given) return certified(givenCode(given, count, dim));
  if (from === 'best') {
    const { points, report } = await code({ count, dim, ...search }, { signal, onProgress });
    const { seconds: _, ...certificate } = report;
    return { points, certificate };
  }
  return searched(count, dim, search, context);
}

async function searched(
  count: number,
  dim: number,
  search: Pick<Wanted, 'chains' | 'patience' | 'seed'>,
  { signal, onProgress, onFrame }: ActionContext,
): Promise<Made> {
  const frames = onFrame && codeFrames({ count, dim }, onFrame);
  try {
    const onState = frames?.offer;
    const found = await maxMin({ n: count, d: dim }, search, { signal, onProgress, onState });
    await frames?.end(found.points.data);
    return await certified(matrix(found.points.data, count, dim));
  } catch (cause) {
    const best = frames?.best();
    if (!signal?.aborted || !best || best.length > MOST_KEPT) throw cause;
    return { ...(await certified(matrix(best, count, dim))), isBestSoFar: true };
  }
}

/** Numbers that a recipe may hold in place of a search. */
const MOST_KEPT = 20_000;

async function certified(points: Matrix<Float64Array>): Promise<Made> {
  const { seconds: _, ...certificate } = await verifyCode(points);
  return { points, certificate };
}

/** Squared lengths of unit rows are off by some roundings. */
const ROUNDED = 1e-9;

function givenCode(given: readonly number[], count: number, dim: number): Matrix<Float64Array> {
  if (given.length !== count * dim)
    throw new ShapeError('codes', `${count} × ${dim} numbers`, `${given.length}`);
  const points = matrix(Float64Array.from(given), count, dim);
  for (let i = 0; i < count; i++) {
    const own = row(points, i);
    if (!(Math.abs(dot(own, own) - 1) < ROUNDED))
      throw new InputError('codes', `row ${i} of the points is not of length 1.`);
  }
  return points;
}
