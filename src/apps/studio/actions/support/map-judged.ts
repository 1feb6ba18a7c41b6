import type { Matrix } from '../../../../core/matrix.ts';
import type { RunControls } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { mapQuality } from '../../../verbs/map-quality.ts';
import { fieldOf } from '../../session/fields.ts';
import type { State, StudioField, StudioMap } from '../../session/state.ts';
import { withFields, withMap } from './changes.ts';

export interface JudgedState {
  readonly state: State;
  readonly map: StudioMap;
  readonly fields: readonly StudioField[];
  readonly warnings: readonly string[];
}

/**
 * The state with the quality of a map, and two fields of its table: how many of a row's neighbors in the map are false, and
 * how many of its true ones are missing there; NaN for rows that were not asked.
 */
export async function judgedMap(
  state: State,
  map: StudioMap,
  original: Matrix<Float32Array>,
  { engine, rows }: { readonly engine: Engine; readonly rows?: number | undefined },
  run: RunControls,
): Promise<JudgedState> {
  const { info, points } = map;
  const { quality, distortion, warnings } = await mapQuality(
    original,
    points,
    { engine, rows },
    run,
  );
  const spread = (values: Float64Array) => {
    const all = new Float64Array(points.rows).fill(Number.NaN);
    distortion?.rows.forEach((row, at) => {
      all[row] = values[at];
    });
    return all;
  };
  const from = { from: 'map', kind: 'number' as const };
  const fields = distortion
    ? [
        fieldOf(`${info.id}-false`, spread(distortion.falseNeighbors), {
          ...from,
          title: `false neighbors in ${info.title}`,
        }),
        fieldOf(`${info.id}-missing`, spread(distortion.missingNeighbors), {
          ...from,
          title: `missing neighbors in ${info.title}`,
        }),
      ]
    : [];
  const judged = {
    ...map,
    info: { ...info, quality, ...(fields.length > 0 && { distortion: fields[0].info.id }) },
  };
  return {
    state: withMap(withFields(state, info.table, fields), judged),
    map: judged,
    fields,
    warnings,
  };
}
