import { useState } from 'preact/hooks';
import type { TableInfo } from '../../contract.ts';
import { AxisShown } from '../parts/axis-shown.tsx';
import { Field } from '../parts/controls.tsx';
import { NewAxis } from '../parts/new-axis.tsx';
import { type Direction, directionsOf, shownDirection } from '../state/axes.ts';
import { make } from '../state/making.ts';
import { can } from '../state/session.ts';
import { table } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const axes: PanelInfo = {
  id: 'axes',
  title: 'Axes',
  about:
    'Directions with a meaning: fitted to what is known of rows, how surely, and a map of two.',
  key: 'x',
  group: 'look',
  needs: 'axis',
  Panel: AxesPanel,
};

function AxesPanel() {
  const of = table.value;
  if (!of) return <p class="empty">Open a file first.</p>;
  const known = directionsOf(of);
  const shown = known.find(({ name }) => name === shownDirection.value[of.id]) ?? known[0];
  return (
    <>
      <NewAxis of={of} key={of.id} />
      {shown && (
        <section>
          {known.length > 1 ? (
            <select
              class="wide"
              aria-label="Direction"
              value={shown.name}
              onChange={(event) => {
                const chosen = event.currentTarget.value;
                shownDirection.value = { ...shownDirection.value, [of.id]: chosen };
              }}
            >
              <Names of={known} along />
            </select>
          ) : (
            <h3>Along {shown.name}</h3>
          )}
          <AxisShown of={of} direction={shown} />
        </section>
      )}
      {known.length > 1 && can('given-map') && <MapOfAxes of={of} known={known} />}
    </>
  );
}

function Names({
  of,
  along = false,
}: {
  readonly of: readonly Direction[];
  readonly along?: boolean;
}) {
  return (
    <>
      {of.map(({ name }) => (
        <option key={name} value={name}>
          {along ? `Along ${name}` : name}
        </option>
      ))}
    </>
  );
}

const PLACES = ['Right', 'Up', 'Towards you'] as const;

/** Rows by two named directions, or by three on the sphere. */
function MapOfAxes({
  of,
  known,
}: {
  readonly of: TableInfo;
  readonly known: readonly Direction[];
}) {
  const [picked, setPicked] = useState<readonly string[]>(['', '', '']);
  const there = new Set(known.map(({ name }) => name));
  // What was picked may be undone since.
  const [right, up, towards] = picked.map((name) => (there.has(name) ? name : ''));
  const first = right || known[0].name;
  const second = up || (known.find(({ name }) => name !== first)?.name ?? '');
  const chosen = [first, second, towards];
  const given = chosen.filter(Boolean);
  return (
    <section>
      <h3>A map of axes</h3>
      {PLACES.map((place, i) => (
        <Field key={place} title={place}>
          <select
            value={chosen[i]}
            onChange={(event) => setPicked(chosen.with(i, event.currentTarget.value))}
          >
            {i === 2 && <option value="">nothing: a flat map</option>}
            <Names of={known} />
          </select>
        </Field>
      ))}
      <p class="buttons">
        <button
          type="button"
          class="main"
          disabled={new Set(given).size < given.length}
          onClick={() => void make(of, 'given-map', { from: 'axes', axes: given })}
        >
          {given.length > 2 ? 'Show the sphere' : 'Show the map'}
        </button>
      </p>
    </section>
  );
}
