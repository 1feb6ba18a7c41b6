import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { significant } from '../../../report/format.ts';
import { Field } from '../parts/controls.tsx';
import { film, filmOf, isPlaying, leave, pause, seek, play as start, time } from '../state/film.ts';
import { act, tables } from '../state/session.ts';
import { shortName, tableById } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const play: PanelInfo = {
  id: 'play',
  title: 'Play',
  about: 'Snapshots of a training run, or versions of a model, as a film in one map.',
  key: 'k',
  group: 'choose',
  needs: 'checkpoints',
  Panel: PlayPanel,
};

function PlayPanel() {
  const isAligned = useSignal(false);
  useEffect(() => leave, []);
  if (tables.value.length < 2)
    return (
      <p class="empty">
        Open two files or more with the same rows, in the order of time: the checkpoints of a run.
      </p>
    );
  const make = async () => {
    const answer = await act('Film', 'checkpoints', { align: isAligned.value });
    const made = answer && filmOf(answer);
    if (!made) return;
    film.value = made;
    seek(0);
  };
  return (
    <>
      <section>
        <p class="small">
          All {tables.value.length} files in one map, fitted to the last, so that a row is seen to
          move only where it does.
        </p>
        <Field title="Take turns off" doc="Turns each snapshot onto the last one first">
          <input
            type="checkbox"
            checked={isAligned.value}
            onChange={(event) => {
              isAligned.value = event.currentTarget.checked;
            }}
          />
        </Field>
        <p class="buttons">
          <button type="button" class="main" onClick={() => void make()}>
            Make the film
          </button>
        </p>
      </section>
      {film.value && <Player />}
    </>
  );
}

function Player() {
  const shown = film.value;
  if (!shown) return null;
  const last = shown.tables.length - 1;
  const now = Math.round(time.value);
  return (
    <section>
      <h3>{shortName(tableById(shown.tables[now])?.name)}</h3>
      <input
        type="range"
        class="time"
        aria-label="Time"
        min={0}
        max={last}
        step={0.01}
        value={time.value}
        onInput={(event) => {
          pause();
          seek(event.currentTarget.valueAsNumber);
        }}
      />
      <p class="buttons">
        <button type="button" onClick={() => (isPlaying.value ? pause() : start())}>
          {isPlaying.value ? 'Pause' : 'Play'}
        </button>
        <button type="button" onClick={() => seek(Math.ceil(time.value) - 1)}>
          Back
        </button>
        <button type="button" onClick={() => seek(Math.floor(time.value) + 1)}>
          On
        </button>
      </p>
      <dl class="pairs">
        {shown.moved[now - 1] !== undefined && shown.moved[now - 1] !== null && (
          <div>
            <dt>rows turned since the one before</dt>
            <dd>{significant(shown.moved[now - 1] ?? 0)}° on average</dd>
          </div>
        )}
        {shown.tracked.map(({ id, title, values }) => (
          <div key={id}>
            <dt>{title}</dt>
            <dd>
              <b>{inWords(values[now])}</b> of {inWords(values[0])} to {inWords(values[last])}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function inWords(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : significant(value);
}
