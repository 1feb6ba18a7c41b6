import { useEffect, useState } from 'preact/hooks';
import type { AnyOptionSpec } from '../../../../method/options.ts';
import { count, fixed, significant } from '../../../report/format.ts';
import type { TableInfo } from '../../contract.ts';
import { Field, OptionControls, type OptionValues, TitledOptions } from '../parts/controls.tsx';
import { AngleChart, LossChart, NearestChart } from '../parts/live-charts.tsx';
import { factsOf } from '../state/arrays.ts';
import {
  angles,
  asked,
  discard,
  go,
  keep,
  laws,
  lookAtRun,
  pace,
  pause,
  phase,
  rewind,
  seen,
  specs,
  stand,
} from '../state/dispersing.ts';
import { sentenceOf } from '../state/session.ts';
import { say } from '../state/toasts.ts';
import { shortName, table, tableById } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const disperse: PanelInfo = {
  id: 'disperse',
  title: 'Disperse',
  about: 'Spreads the rows on the sphere before your eyes; keep what you like, or go back.',
  key: 'd',
  group: 'act',
  needs: 'disperse-run',
  Panel: DispersePanel,
};

interface Method {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, AnyOptionSpec>>;
}

function DispersePanel() {
  useEffect(() => {
    lookAtRun().catch((cause: unknown) => say(sentenceOf(cause), 'error'));
  }, []);
  const of = table.value;
  if (!of) return <p class="empty">Open a file first.</p>;
  return phase.value === 'none' ? <Setting of={of} /> : <Running />;
}

/** What is to be minimized, and how. */
function Setting({ of }: { readonly of: TableInfo }) {
  const [id, setId] = useState('uniformity');
  const [own, setOwn] = useState<OptionValues>({});
  const [written, setWritten] = useState('');
  const [options, setOptions] = useState<OptionValues>({});
  const facts = factsOf('methods', { family: 'objectives' });
  const methods = (facts?.['methods'] ?? []) as readonly Method[];
  const method = methods.find((one) => one.id === id);
  const objective = written.trim() || expression(id, own);
  return (
    <>
      <section>
        <p class="small">
          Rows move apart on the unit sphere while they stay near where they were. Nothing changes
          until you keep it.
        </p>
        <Field title="Objective" doc="What is made small">
          <select
            value={id}
            onChange={(event) => {
              setId(event.currentTarget.value);
              setOwn({});
            }}
          >
            <TitledOptions of={methods} />
          </select>
        </Field>
        {method && <p class="small">{method.summary}</p>}
        {method && Object.keys(method.options).length > 0 && (
          <details>
            <summary>Options of the objective</summary>
            <OptionControls specs={method.options} values={own} onChange={setOwn} />
          </details>
        )}
        <details>
          <summary>Steps, pace, what is kept</summary>
          <OptionControls specs={specs.value} values={options} onChange={setOptions} />
        </details>
        <details>
          <summary>A sum of objectives</summary>
          <input
            type="text"
            aria-label="Objectives"
            placeholder="uniformity(t=2) + 0.5*koleo"
            value={written}
            onInput={(event) => setWritten(event.currentTarget.value)}
          />
        </details>
      </section>
      <section>
        <p class="buttons">
          <button
            type="button"
            class="main"
            onClick={() => void go({ table: of.id, objective, ...options })}
          >
            Start
          </button>
        </p>
        <p class="small">
          <code>{objective}</code> on {shortName(of.name)}, {count(of.rows)} rows
        </p>
      </section>
    </>
  );
}

/** `riesz-energy(s=2)`. */
function expression(id: string, options: OptionValues): string {
  const given = Object.entries(options).map(([name, value]) => `${name}=${String(value)}`);
  return given.length > 0 ? `${id}(${given.join(', ')})` : id;
}

function Running() {
  const now = stand.value;
  const isRunning = phase.value === 'running';
  return (
    <>
      <section>
        <p class="buttons">
          {isRunning ? (
            <button type="button" class="main" onClick={pause}>
              Pause
            </button>
          ) : (
            <>
              <button
                type="button"
                class="main"
                disabled={now !== undefined && now.step >= now.steps}
                onClick={() => void go(asked.value ?? {})}
              >
                Go on
              </button>
              <button type="button" disabled={!now?.step} onClick={() => void keep()}>
                Keep
              </button>
              <button type="button" onClick={() => void discard()}>
                Discard
              </button>
            </>
          )}
        </p>
        {now?.steps !== undefined && (
          <>
            <p>
              Step {count(now.step)} of {count(now.steps)}
              {isRunning && pace.value !== undefined ? `, ${significant(pace.value)} a second` : ''}
            </p>
            {!isRunning && (
              <input
                type="range"
                class="wide"
                aria-label="Step, back to the start or forth to the furthest reached"
                min={0}
                max={now.reached}
                value={now.step}
                onChange={(event) => void rewind(event.currentTarget.valueAsNumber)}
              />
            )}
            <p class="small">
              <code>{now.objective}</code> on {shortName(tableById(now.table)?.name)}
            </p>
          </>
        )}
        {now === undefined && <p class="small">Finding how firmly rows are to be held …</p>}
      </section>
      <Numbers />
      <section>
        <AngleChart seen={seen.value} laws={laws.value} />
        {angles.value && <NearestChart angles={angles.value} />}
        <LossChart seen={seen.value} />
      </section>
    </>
  );
}

function Numbers() {
  const now = angles.value;
  const beside = laws.value;
  if (!now) return null;
  const line = (title: string, value: number | null | undefined, note: string) =>
    typeof value === 'number' && (
      <div>
        <dt>{title}</dt>
        <dd>
          <b>{fixed(value, 2)}°</b>
        </dd>
        <small>{note}</small>
      </div>
    );
  return (
    <section>
      <dl class="numbers">
        {line(
          'Smallest angle',
          now.smallestDeg,
          now.exact ? 'of all pairs' : `of ${count(now.asked)} rows with all others`,
        )}
        {line('Half of the rows nearer than', now.medianDeg, 'to their nearest')}
        {line('By chance', beside?.uniformSmallestDeg, 'smallest angle of uniform points')}
        {line('Best known', beside?.bestKnownDeg, 'of as many points')}
        {line('No more than', beside?.boundDeg, beside?.boundName ?? '')}
      </dl>
    </section>
  );
}
