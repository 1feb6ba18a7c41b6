import { InputError } from '../../../../core/errors.ts';
import { requireFinite } from '../../../../core/finite.ts';
import type { Matrix } from '../../../../core/matrix.ts';
import type { RunOptions } from '../../../../method/method.ts';
import { unitOrZeroRows } from '../../../../numerics/rows/unit-rows.ts';
import { projected } from '../../../../structures/directions/index.ts';
import { reductionById } from '../../../verbs/reduce.ts';
import type { StudioMap } from '../../session/state.ts';
import { drawnPlaces } from './drawn-places.ts';

/** Where rows come in a map that was made of others, each as if it were alone: r × d → r × 2, or unit rows of 3. */
export async function placedRows(
  { info, placing }: StudioMap,
  rows: Matrix<Float32Array>,
  run: RunOptions,
): Promise<Matrix<Float32Array>> {
  if (!placing)
    throw new InputError(
      'place',
      `the map ${info.id} was given or made by a method that places no new rows; one of pca or umap does.`,
    );
  const columns =
    placing.kind === 'reduction'
      ? await reductionById(placing.method).transform(placing.model, rows, run)
      : projected(
          placing,
          placing.ofDirections
            ? unitOrZeroRows(requireFinite('place', rows)).points
            : requireFinite('place', rows),
        );
  return drawnPlaces(columns).points;
}
