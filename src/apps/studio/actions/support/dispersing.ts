import { AbortedError } from '../../../../core/errors.ts';
import type { RunControls } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { DEFAULT_OBJECTIVE, disperseOptions } from '../../../verbs/disperse-settings.ts';
import { dispersionOf } from '../../../verbs/dispersion.ts';
import { LiveDispersion } from '../../live/dispersion.ts';
import type { State, StudioTable } from '../../session/state.ts';
import type { ParametersOf } from '../parameters.ts';
import { tableOf } from './lookup.ts';

/** What fixes a dispersion. */
export const dispersionParameters = {
  table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
  objective: {
    kind: 'text',
    doc: 'What is minimized: ids of objectives with options, added up, such as uniformity(t=2) + 0.5*koleo.',
    default: DEFAULT_OBJECTIVE,
  },
  classes: {
    kind: 'text',
    doc: 'Column with the class of each row, or labels, for objectives that know classes; left out: the labels, if some repeat.',
  },
  ...disperseOptions,
  optimizerOptions: { kind: 'options', doc: 'Options of the optimizer beyond these.' },
} as const;

export type DispersionSettings = ParametersOf<typeof dispersionParameters>;

/** The settings alone, of parameters that hold more. */
export function settingsOf(parameters: DispersionSettings): DispersionSettings {
  const names = Object.keys(dispersionParameters) as (keyof DispersionSettings)[];
  return Object.fromEntries(
    names.flatMap((name) => (parameters[name] === undefined ? [] : [[name, parameters[name]]])),
  ) as DispersionSettings;
}

/** A dispersion of a table that stands at its start; the fidelity weight is found now. */
export async function newDispersion(
  source: StudioTable,
  settings: DispersionSettings,
  run: RunControls & { readonly engine: Engine },
): Promise<LiveDispersion> {
  const { table: _, fidelity, ...options } = settings;
  // 0 is nothing: a person who lets go says keep = 0.
  const given = { ...options, ...(fidelity > 0 && { fidelity }) };
  const dispersion = await dispersionOf(source.table, given, run);
  if (run.signal?.aborted) throw new AbortedError('disperse');
  return new LiveDispersion(source, settings, dispersion);
}

/** Whether a run is of that table as it is now, with those settings. */
export function isSame(run: LiveDispersion, state: State, settings: DispersionSettings): boolean {
  const source = state.tables.get(settings.table);
  return (
    source?.table === run.source.table &&
    JSON.stringify(settings) === JSON.stringify(run.parameters)
  );
}

/** The table that the settings name. */
export const sourceOf = (action: string, state: State, { table }: DispersionSettings) =>
  tableOf(action, state, table);
