import { OptionError } from '../../../core/errors.ts';
import { gathered } from '../../../core/matrix.ts';
import { Run } from '../../../core/run.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { DirectionsInput } from '../../../families/directions/types.ts';
import { integer } from '../../../method/options.ts';
import { directionAt, projected } from '../../../structures/directions/index.ts';
import { directionsById, explainAxis } from '../../explain/axis.ts';
import { fieldOf } from '../session/fields.ts';
import type { StudioField, StudioTable } from '../session/state.ts';
import { defineAction } from './define.ts';
import { freeName, packedFields, withFields } from './support/changes.ts';
import { numbersOfTable, rowsOfTable, tableOf, textsOfTable } from './support/lookup.ts';
import { projectionBand } from './support/projection-band.ts';

/**
 * Directions of the space, fitted to what is known of rows, and where each row lies on them.
 *
 * Facts: `axis {name, table, directions, method}`; `directions [{name, bandDegrees, top, bottom}]`, `top` and `bottom` lists of `{row, label, projection}`;
 * `spearman {value, low, high}`, `null`, `ceiling`, `heldOut {rows, folds}`: how well it orders rows that it was not fitted to; `ordered` of pairs;
 * `fields`: `NAME-axis`, the projections, and `NAME-axis-band`, the half width of their 95 % bands; `warnings`. Arrays: those fields.
 */
export const axis = defineAction({
  id: 'axis',
  summary:
    'A direction of the space from scores, classes, extremes or a formula, how well it orders rows, and each row on it.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    scores: { kind: 'text', doc: 'Field of numbers that rows are ordered by.' },
    classes: { kind: 'text', doc: 'Field of classes, or labels.' },
    low: { kind: 'rows', doc: 'Rows at the low end, with `high`.' },
    high: { kind: 'rows', doc: 'Rows at the high end.' },
    formulas: { kind: 'texts', doc: 'Sums of labels, each an axis: woman - man.' },
    method: {
      kind: 'text',
      doc: 'How; left out: ridge, class-means, extremes or formula, by what is given.',
    },
    options: { kind: 'options', doc: 'Options of the method.' },
    name: { kind: 'text', doc: 'What the axis is called; left out, by what it is fitted to.' },
    folds: integer(5, 'Parts in which rows are held out.', { min: 2, max: 100 }),
  },
  isStep: true,
  async run(state, parameters, { engine, signal, onProgress }) {
    const { table: id, options, folds } = parameters;
    const owner = tableOf('axis', state, id);
    const { by, input, rows } = inputOf(owner, parameters);
    const method = parameters.method ?? USUAL[by];
    if (!directionsById(method).needs.includes(by))
      throw new OptionError('axis', 'method', `a method that is fitted to ${by}`, method);
    const name = freeName(parameters.name ?? wordsOf(by, parameters), state.axes);
    const explained = await explainAxis({ ...input, name }, method, options, {
      engine,
      signal,
      onProgress,
      folds,
    });
    const { directions, heldOut, ordered } = explained;
    const each = rows ? explained.each.map((one) => inTable(one, rows)) : explained.each;
    const unknown = rows ? owner.table.points.rows - rows.length : 0;
    const warnings =
      unknown > 0
        ? [
            ...explained.warnings,
            `${unknown} rows have no ${parameters.scores}: they were left out.`,
          ]
        : explained.warnings;
    const run = new Run({ signal, onProgress });
    const fields: StudioField[] = [];
    for (const [j, own] of directions.names.entries()) {
      const called = directions.names.length > 1 ? `${name}:${own}` : name;
      const direction = directionAt(directions, j);
      fields.push(...(await fieldsOfDirection(owner, direction, called, { engine, run })));
    }
    const axes = new Map(state.axes).set(name, { name, table: id, directions });
    return {
      state: withFields({ ...state, axes }, id, fields),
      facts: {
        axis: { name, table: id, directions: directions.names, method },
        directions: each,
        spearman: heldOut?.spearman ?? null,
        null: heldOut?.null ?? null,
        ceiling: heldOut?.ceiling ?? null,
        heldOut: heldOut && { rows: heldOut.rows, folds: heldOut.folds },
        ordered,
        fields: fields.map(({ info }) => info),
        warnings,
      },
      arrays: packedFields(fields),
    };
  },
});

const USUAL = {
  scores: 'ridge',
  classes: 'class-means',
  ends: 'extremes',
  formulas: 'formula',
} as const;
type By = keyof typeof USUAL;

interface Given {
  readonly scores: string | undefined;
  readonly classes: string | undefined;
  readonly low: readonly number[] | undefined;
  readonly high: readonly number[] | undefined;
  readonly formulas: readonly string[] | undefined;
}

function inputOf(
  owner: StudioTable,
  { scores, classes, low, high, formulas }: Given,
): { readonly by: By; readonly input: DirectionsInput; readonly rows?: Int32Array | undefined } {
  const { points, labels } = owner.table;
  const values = scores === undefined ? undefined : numbersOfTable('axis', owner, scores);
  const rows = values && rowsWithNumber(values);
  const given: readonly By[] = (['scores', 'classes', 'ends', 'formulas'] as const).filter(
    (by) => ({ scores, classes, ends: low ?? high, formulas })[by] !== undefined,
  );
  if (given.length !== 1)
    throw new OptionError(
      'axis',
      'scores',
      'given alone, or one of classes, low and high, formulas',
      given.join(' and ') || 'none',
    );
  if (given[0] === 'ends' && !(low?.length && high?.length))
    throw new OptionError('axis', low?.length ? 'high' : 'low', 'rows of the other end', []);
  if (values && rows)
    return {
      by: 'scores',
      rows,
      input: {
        points: gathered(points, rows),
        labels: labels && Array.from(rows, (row) => labels[row]),
        source: owner.name,
        scores: Float64Array.from(rows, (row) => values[row]),
      },
    };
  return {
    by: given[0],
    input: {
      points,
      labels,
      source: owner.name,
      scores: values,
      classes: classes === undefined ? undefined : textsOfTable('axis', owner, classes),
      ends: low &&
        high && { low: rowsOfTable('axis', owner, low), high: rowsOfTable('axis', owner, high) },
      formulas,
    },
  };
}

/** Rows whose score is a number; undefined where all are, or none. */
function rowsWithNumber(scores: Float64Array): Int32Array | undefined {
  const known = Int32Array.from(scores.keys()).filter((i) => !Number.isNaN(scores[i]));
  return known.length === scores.length || known.length === 0 ? undefined : known;
}

interface Ends<T> {
  readonly top: readonly T[];
  readonly bottom: readonly T[];
}

/** The ends of a direction that was fitted to some rows, as rows of the table. */
function inTable<T extends { readonly row: number }, E extends Ends<T>>(
  ends: E,
  rows: Int32Array,
): E {
  const named = (list: readonly T[]) => list.map((one) => ({ ...one, row: rows[one.row] }));
  return { ...ends, top: named(ends.top), bottom: named(ends.bottom) };
}

function wordsOf(by: By, { scores, classes, formulas }: Given): string {
  return { scores, classes, ends: 'extremes', formulas: formulas?.join(', ') }[by] ?? by;
}

async function fieldsOfDirection(
  { table: { points } }: StudioTable,
  direction: ReturnType<typeof directionAt>,
  name: string,
  context: { readonly engine: Engine; readonly run: Run },
): Promise<readonly StudioField[]> {
  const words = { from: 'axis', kind: 'number' as const };
  const id = `${name}-axis`;
  const along = fieldOf(id, projected(direction, points).data, {
    ...words,
    title: `along ${name}`,
  });
  const band = await projectionBand(direction, points, context);
  if (!band) return [along];
  return [
    along,
    fieldOf(`${id}-band`, band, { ...words, title: `half width of the band along ${name}` }),
  ];
}
