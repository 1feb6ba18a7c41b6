import { InputError, OptionError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import {
  decodeModel,
  encodeModel,
  type Model,
  type ModelSettings,
  restoreModel,
} from '../../learning/index.ts';
import { defineMethod } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import { checkedFields } from './support/checked-fields.ts';
import { commonOptions } from './support/common-options.ts';
import { ownRows } from './support/own-rows.ts';
import { fullBytesOf, TrainableTable } from './support/trainable-table.ts';
import type { Field, Fields, Table, TableMethod, TableNetwork, TableSpec } from './types.ts';

/** All that a table is built from. */
interface Settings<P> {
  readonly fields: readonly Pick<Field, 'name' | 'size'>[];
  readonly dim: number;
  readonly deviation: number;
  readonly seed: number;
  /** Fields with at most so many ids have rows of their own. */
  readonly keep: number;
  /** Null where no field is left for the method. */
  readonly plan: P | null;
}

/**
 * Makes a table of what it says: checks, fields that keep a row for each id, the budget, first values and files are the
 * same for all.
 */
// @__NO_SIDE_EFFECTS__
export function defineTable<const S extends OptionSpecs, P extends ModelSettings>(
  spec: TableSpec<S, P>,
): TableMethod<S> {
  const { byFrequency = false, plan, build, start, facts, ...header } = spec;
  const { id } = header;
  const kind = `tables/${id}`;
  const method = defineMethod<Fields, S & typeof commonOptions, Table>({
    ...header,
    family: 'tables',
    options: { ...commonOptions, ...spec.options },
    async compute(given, own, run) {
      const fields = checkedFields(id, given, byFrequency);
      const options = own as OptionsOf<S & typeof commonOptions>;
      const { dim, budget, keep, deviation, seed } = options as OptionsOf<typeof commonOptions>;
      const random = Random.fromSeed(seed).fork(id);
      const [small, large] = bySize(fields, keep);
      const least = fullBytesOf(small, dim);
      const all = Math.floor(budget * fullBytesOf(fields, dim));
      if (least > all)
        throw new OptionError(
          id,
          'budget',
          `enough for ${least} bytes, those of fields of at most ${keep} ids, which keep a row for each (keep, --keep)`,
          `${all} bytes`,
        );
      const context = { bytes: all - least, dim, random, run };
      const planned = large.length > 0 ? await plan(large, options, context) : null;
      const named = fields.map(({ name, size }) => ({ name, size }));
      const settings: Settings<P> = { fields: named, dim, deviation, seed, keep, plan: planned };
      const [table, network] = tableOf(settings, new Float32Array(0));
      if (network) await start?.(network, large, options, context);
      return table;
    },
  });

  function tableOf(
    settings: Settings<P>,
    like: Floats,
  ): readonly [Table, TableNetwork | undefined] {
    const { fields, dim, deviation, seed, keep, plan: planned } = settings;
    const [small, large] = bySize(fields, keep);
    const random = Random.fromSeed(seed).fork(id).fork('table');
    const context = { dim, deviation, seed, random, like };
    const kept = ownRows({ ...context, fields: small });
    const own = planned === null ? undefined : build(planned, { ...context, fields: large });
    const places = fields.map((field) => {
      const network = own && field.size > keep ? own : kept;
      return { network, at: (network === own ? large : small).indexOf(field) };
    });
    const model: Model = {
      kind,
      settings: settings as unknown as ModelSettings,
      parameters: [...kept.parameters, ...(own?.parameters ?? [])],
      ...(own?.also && { also: own.also }),
    };
    const known = planned === null ? {} : (facts?.(planned, large) ?? {});
    const warnings = own
      ? []
      : [`All fields have at most ${keep} ids (keep), so every id has a row of its own.`];
    const told = { id, fields, dim, model, facts: known, warnings };
    return [new TrainableTable(told, { kept, own, places, like }), own];
  }

  const built: TableMethod['built'] = (settings, like = new Float32Array(0)) =>
    tableOf(settings as unknown as Settings<P>, like)[0];
  const ready: TableMethod['ready'] = async (model) => {
    const stored = 'tensors' in model ? model : await decodeModel(encodeModel(model), id);
    if (stored.kind !== kind)
      throw new InputError(
        stored.name,
        `the model was made by ${stored.kind}; ${kind} is expected.`,
      );
    const first = [...stored.tensors.values()][0]?.data;
    const like = first instanceof Float64Array ? new Float64Array(0) : new Float32Array(0);
    const table = built(stored.settings, like);
    restoreModel(table.model, stored);
    return table;
  };
  return Object.assign(method, { built, ready }) as unknown as TableMethod<S>;
}

function bySize<F extends Pick<Field, 'size'>>(fields: readonly F[], keep: number) {
  return [
    fields.filter(({ size }) => size <= keep),
    fields.filter(({ size }) => size > keep),
  ] as const;
}
