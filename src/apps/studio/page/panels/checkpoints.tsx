import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { lineChart } from '../../../report/charts/index.ts';
import { significant } from '../../../report/format.ts';
import { Chart } from '../parts/chart.tsx';
import { Choices, Field, TitledOptions } from '../parts/controls.tsx';
import { act, tables } from '../state/session.ts';
import { mapId, preview, shortName, tableById } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const checkpoints: PanelInfo = {
  id: 'checkpoints',
  title: 'Play',
  about: 'Snapshots of a training run in one map, played in time, with how the numbers went.',
  key: 'f',
  group: 'act',
  needs: 'checkpoints',
  Panel: CheckpointsPanel,
};

interface Tracked {
  readonly id: string;
  readonly title: string;
  readonly values: readonly (number | null)[];
}

interface Film {
  readonly tables: readonly string[];
  readonly maps: readonly string[];
  readonly tracked: readonly Tracked[];
  /** Snapshots × n × dims. */
  readonly places: Float32Array;
  readonly dims: 2 | 3;
  readonly rows: number;
}

const film = signal<Film | undefined>(undefined);
/** Where the film stands: 1.5 is half way from the second snapshot to the third. */
const time = signal(0);
const isPlaying = signal(false);
const aligned = signal<'no' | 'yes'>('no');
const number = signal<string | undefined>(undefined);

const SNAPSHOT_MS = 1500;

function CheckpointsPanel() {
  useEffect(
    () => () => {
      isPlaying.value = false;
      preview.value = undefined;
    },
    [],
  );
  if (tables.value.length < 2)
    return (
      <p class="empty">
        Add the other snapshots: files with the same rows in the same order, one an epoch.
      </p>
    );
  return (
    <>
      <section>
        <p class="small">
          {tables.value.length} files, in the order in which they were opened:{' '}
          {tables.value.map(({ name }) => shortName(name)).join(', ')}
        </p>
        <Choices
          name="Turned onto the last"
          value={aligned.value}
          choices={[
            ['no', 'As they are'],
            ['yes', 'Turned onto the last'],
          ]}
          onChange={(value) => {
            aligned.value = value;
          }}
        />
        <p class="buttons">
          <button type="button" class="main" onClick={() => void make()}>
            Put them in one map
          </button>
        </p>
      </section>
      {film.value && <Player of={film.value} />}
    </>
  );
}

async function make(): Promise<void> {
  const answer = await act('Snapshots', 'checkpoints', { align: aligned.value === 'yes' });
  const places = answer?.arrays?.['places'];
  if (!answer || !places) return;
  const [, rows, dims] = places.shape;
  film.value = {
    ...(answer.facts as unknown as Pick<Film, 'tables' | 'maps' | 'tracked'>),
    places: places.data as Float32Array,
    dims: dims === 3 ? 3 : 2,
    rows,
  };
  mapId.value = film.value.maps.at(-1);
  show(0);
}

/** Places between two snapshots lie on the straight line from one to the other. */
function show(at: number): void {
  const of = film.value;
  if (!of) return;
  time.value = Math.min(of.tables.length - 1, Math.max(0, at));
  const first = Math.min(of.tables.length - 2, Math.floor(time.value));
  const share = time.value - first;
  const size = of.rows * of.dims;
  const from = of.places.subarray(first * size, (first + 1) * size);
  const to = of.places.subarray((first + 1) * size, (first + 2) * size);
  const positions = from.map((x, e) => x + share * (to[e] - x));
  preview.value = { positions, dims: of.dims, table: of.tables[of.tables.length - 1] };
}

function play(): void {
  if (time.value >= (film.value?.tables.length ?? 0) - 1) show(0);
  isPlaying.value = true;
  const from = time.value;
  const began = performance.now();
  const step = () => {
    if (!isPlaying.value || !film.value) return;
    // Who wants less motion sees the snapshots one after another.
    const passed = from + (performance.now() - began) / SNAPSHOT_MS;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    show(isCalm ? Math.floor(passed) : passed);
    if (time.value >= film.value.tables.length - 1) isPlaying.value = false;
    else requestAnimationFrame(step);
  };
  step();
}

function Player({ of }: { readonly of: Film }) {
  const at = Math.round(time.value);
  return (
    <section>
      <p class="buttons">
        <button
          type="button"
          class="main"
          onClick={() => {
            if (isPlaying.value) isPlaying.value = false;
            else play();
          }}
        >
          {isPlaying.value ? 'Stop' : 'Play'}
        </button>
      </p>
      <input
        type="range"
        class="wide"
        aria-label="Time"
        min={0}
        max={of.tables.length - 1}
        step="any"
        value={time.value}
        onInput={(event) => {
          isPlaying.value = false;
          show(event.currentTarget.valueAsNumber);
        }}
      />
      <p>
        Snapshot {at + 1} of {of.tables.length}: {shortName(tableById(of.tables[at])?.name)}
      </p>
      <Numbers of={of} at={at} />
    </section>
  );
}

function Numbers({ of, at }: { readonly of: Film; readonly at: number }) {
  const shown = of.tracked.find(({ id }) => id === number.value) ?? of.tracked[0];
  if (!shown) return null;
  const now = shown.values[at];
  const values = shown.values.map((value) => value ?? Number.NaN);
  const svg = lineChart({
    id: 'snapshots',
    width: 360,
    height: 190,
    title: `${shown.title} by snapshot`,
    description: `From ${significant(values[0])} to ${significant(values.at(-1) ?? Number.NaN)}.`,
    xTitle: 'snapshot',
    yTitle: shown.title,
    lines: [{ kind: 'after', label: '', x: values.map((_, i) => i + 1), y: values }],
  });
  return (
    <>
      <Field title="Number">
        <select
          value={shown.id}
          onChange={(event) => {
            number.value = event.currentTarget.value;
          }}
        >
          <TitledOptions of={of.tracked} />
        </select>
      </Field>
      <p>
        Now <b>{typeof now === 'number' ? significant(now) : '–'}</b>
      </p>
      <Chart svg={svg} />
    </>
  );
}
