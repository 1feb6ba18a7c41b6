import { OptionError } from '../../../core/errors.ts';
import { boolean, choice } from '../../../method/options.ts';
import { classResponses, reduce, reductionById } from '../../verbs/reduce.ts';
import type { MapInfo } from '../contract.ts';
import { FrameGate } from '../live/frame-gate.ts';
import { defineAction } from './define.ts';
import { freeName, packedFields, packedMatrix, withMap } from './support/changes.ts';
import { drawnPlaces } from './support/drawn-places.ts';
import { tableOf, textsOfTable } from './support/lookup.ts';
import { judgedMap } from './support/map-judged.ts';

/**
 * A map of a table by a reduction of the catalogue.
 *
 * Facts: `map` (as in the session's info, with `quality`: trustworthiness, continuity, neighborRecall10, neighborRecall50 and
 * stress, each `{value, low, high, null}`), `facts` and `warnings` of the reduction, `fields` made. Array `points`: n × 2, or n × 3 of
 * unit rows. Frames of a layout that moves: facts `step`, `steps`, array `points`.
 */
export const map = defineAction({
  id: 'map',
  summary:
    'A map of a table by a reduction of the catalogue, with what it keeps beside a random map.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    method: {
      kind: 'text',
      doc: 'Id of the reduction: pca, umap, tsne, spherical-pca, …',
      default: 'pca',
    },
    options: { kind: 'options', doc: 'Options of the reduction.' },
    geometry: choice(
      ['plane', 'sphere'],
      'plane',
      'Two columns, or three as directions on the unit sphere; methods of a sphere give that.',
    ),
    classes: {
      kind: 'text',
      doc: 'Field with the class of each row, for reductions that learn from it.',
    },
    quality: boolean(true, 'Whether to say what the map keeps; `map-quality` says it later.'),
    id: { kind: 'text', doc: 'What the map is called; left out, as the method.' },
  },
  isStep: true,
  async run(state, { table: tableId, method, options, geometry, classes, quality, id }, context) {
    const owner = tableOf('map', state, tableId);
    const { points } = owner.table;
    const reduction = reductionById(method);
    const responses =
      classes === undefined
        ? undefined
        : classResponses({ columns: { [classes]: textsOfTable('map', owner, classes) } }, classes);
    if (responses && !reduction.takesResponses)
      throw new OptionError('map', 'classes', `left out: ${method} learns from none`, classes);
    const frames = context.onFrame && new FrameGate(context.onFrame);
    const reduced = await reduce(
      points,
      method,
      wholeOptions(method, geometry, options, points.cols),
      {
        engine: context.engine,
        signal: context.signal,
        onProgress: context.onProgress,
        responses,
        onFrame: ({ step, steps, points: moving }) =>
          frames?.offer(() => ({
            facts: { step, steps },
            arrays: { points: packedMatrix(drawnPlaces(moving, geometry).points) },
          })),
      },
    );
    await frames?.ended();
    const { points: places, onSphere, warnings } = drawnPlaces(reduced.points, geometry);
    const made = {
      info: {
        id: freeName(id ?? method, state.maps),
        table: tableId,
        title: reduction.spec.title,
        dims: onSphere ? 3 : 2,
        geometry: onSphere ? 'sphere' : 'plane',
        places: reduction.places,
      } satisfies MapInfo,
      points: places,
      placing: reduction.places
        ? ({ kind: 'reduction', method, model: reduced.model } as const)
        : undefined,
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
  },
});

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
