import { OptionError } from '../../../../core/errors.ts';
import type { Matrix } from '../../../../core/matrix.ts';
import { classResponses, reduce, reductionById } from '../../../verbs/reduce.ts';
import type { MapInfo } from '../../contract.ts';
import { FrameGate } from '../../live/frame-gate.ts';
import type { State, StudioMap, StudioTable } from '../../session/state.ts';
import type { ActionContext, Outcome } from '../define.ts';
import { freeName, packedFields, packedMatrix, withMap } from './changes.ts';
import { drawnPlaces } from './drawn-places.ts';
import { tableOf, textsOfTable } from './lookup.ts';
import { judgedMap } from './map-judged.ts';

/** What a map is made by. */
export interface MapParameters {
  readonly table: string;
  readonly method: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly geometry: 'plane' | 'sphere';
  readonly classes: string | undefined;
  readonly quality: boolean;
  readonly id: string | undefined;
}

/** The state with a map by a reduction; a layout begins at `start` where its method takes one. */
export async function madeMap(
  state: State,
  parameters: MapParameters,
  context: ActionContext,
  start?: Matrix,
): Promise<Outcome> {
  const { table: tableId, method, geometry, quality, id } = parameters;
  const owner = tableOf('map', state, tableId);
  const { points } = owner.table;
  const reduction = reductionById(method);
  const reduced = await reducedRows(owner, parameters, context, start);
  const { points: places, onSphere, warnings } = drawnPlaces(reduced.points, geometry);
  const made: StudioMap = {
    info: {
      id: freeName(id ?? method, state.maps),
      table: tableId,
      title: reduction.spec.title,
      dims: onSphere ? 3 : 2,
      geometry: onSphere ? 'sphere' : 'plane',
      places: reduction.places,
    } satisfies MapInfo,
    points: places,
    placing: reduction.places ? { kind: 'reduction', method, model: reduced.model } : undefined,
    made: { action: 'map', parameters: { ...parameters } },
  };
  const judged = quality
    ? await judgedMap(state, made, points, { engine: context.engine }, context)
    : { state: withMap(state, made), map: made, fields: [], warnings: [] };
  return {
    state: judged.state,
    facts: {
      map: judged.map.info,
      facts: reduced.facts,
      warnings: [...warnings, ...reduced.warnings, ...judged.warnings],
      fields: judged.fields.map(({ info }) => info),
    },
    arrays: { points: packedMatrix(places) },
    made: packedFields(judged.fields),
  };
}

/** The columns of the map, with frames of a layout that moves: none of them waits for the one who looks on. */
async function reducedRows(
  owner: StudioTable,
  { method, options, geometry, classes }: MapParameters,
  { engine, signal, onProgress, onFrame }: ActionContext,
  start: Matrix | undefined,
) {
  const { points } = owner.table;
  const reduction = reductionById(method);
  const responses =
    classes === undefined
      ? undefined
      : classResponses({ columns: { [classes]: textsOfTable('map', owner, classes) } }, classes);
  if (responses && !reduction.takesResponses)
    throw new OptionError('map', 'classes', `left out: ${method} learns from none`, classes);
  const frames = onFrame && new FrameGate(onFrame);
  const whole = wholeOptions(method, geometry, options, points.cols);
  const reduced = await reduce(points, method, whole, {
    engine,
    signal,
    onProgress,
    responses,
    start: reduction.takesStart ? start : undefined,
    onFrame:
      frames &&
      (({ step, steps, points: moving }) =>
        frames.offer(() => ({
          facts: { step, steps },
          arrays: { points: packedMatrix(drawnPlaces(moving, geometry).points) },
        }))),
  });
  await frames?.ended();
  return reduced;
}

/** The options with as many columns as the geometry has, where the method can choose. */
function wholeOptions(
  method: string,
  geometry: 'plane' | 'sphere',
  given: Readonly<Record<string, unknown>>,
  columns: number,
): Readonly<Record<string, unknown>> {
  const { options } = reductionById(method).spec;
  const isSpheres = SPHERES.includes(method);
  if (!('dim' in options))
    throw new OptionError(
      'map',
      'method',
      'a reduction that gives fewer columns, not rows',
      method,
    );
  const dim = geometry === 'sphere' || isSpheres ? 3 : Math.min(2, columns);
  if (given['dim'] !== undefined && given['dim'] !== dim)
    throw new OptionError('map', 'dim', `left out, or ${dim} for this geometry`, given['dim']);
  const target = geometry === 'sphere' && 'target' in options ? { target: 'sphere' } : {};
  return { ...target, ...given, dim };
}

/** Their results are points of a sphere already. */
const SPHERES = ['spherical-pca', 'spherical-umap'];
