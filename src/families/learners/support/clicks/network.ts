import type { Floats } from '../../../../core/matrix.ts';
import type { ModelSettings, Tensor } from '../../../../learning/index.ts';
import type { Table, TrainingPass } from '../../../tables/index.ts';
import { type ClickModelSettings, clickModel } from './click-model.ts';
import { tableById } from './table-methods.ts';
import type { Vocabulary } from './vocabulary.ts';

/** All that fixes a click model besides its arrays; a type, so that it can stand in settings. */
export type ClicksSettings = {
  readonly vocabularies: readonly Pick<Vocabulary, keyof Vocabulary>[];
  readonly table: { readonly id: string; readonly settings: ModelSettings };
  readonly model: Pick<ClickModelSettings, keyof ClickModelSettings>;
};

/** The table of the ids and the model above it, with their first values. */
export function clicksNetwork(settings: ClicksSettings, like: Floats) {
  const { vocabularies, table: settled } = settings;
  const table: Table = tableById(settled.id).built(settled.settings, like);
  const model = clickModel(settings.model, like instanceof Float64Array);
  /** A vector of each field for some rows, n × dim each. */
  const vectors = (ids: readonly Int32Array[], rows: Int32Array, pass?: TrainingPass) =>
    ids.map((own, field) =>
      table.lookup(
        field,
        rows.map((row) => own[row]),
        pass,
      ),
    );
  return {
    table,
    vocabularies,
    parameters: [...table.network.parameters, ...model.parameters],
    ...(table.model.also && { also: table.model.also }),
    vectors,
    /** Of fields' vectors, n × 1. */
    logits: (given: readonly Tensor[]): Tensor => model.logits(given),
  };
}

export type ClicksNetwork = ReturnType<typeof clicksNetwork>;
