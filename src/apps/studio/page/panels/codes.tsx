import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { TammesView } from '../../../../view/element.ts';
import { count, fixed } from '../../../report/format.ts';
import type { Answer } from '../../contract.ts';
import { Field } from '../parts/controls.tsx';
import { NumberInput } from '../parts/number-input.tsx';
import { paletteOf } from '../state/palette.ts';
import { act, tables } from '../state/session.ts';
import { isDark } from '../state/ui.ts';
import { mapId } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const codes: PanelInfo = {
  id: 'codes',
  title: 'Codes',
  about:
    'Points as far apart as can be found: watch the search, and see how good they are proven to be.',
  key: 'o',
  group: 'act',
  needs: 'codes',
  Panel: CodesPanel,
};

interface Frame {
  readonly minAngleDeg: number;
  readonly bestDeg: number;
  readonly bestKnownDeg: number | null;
  readonly boundDeg: number | null;
  readonly about: string;
  readonly positions: Float32Array;
  readonly dims: 2 | 3;
}

interface Certificate {
  readonly minAngleDeg: number;
  readonly bestKnownDeg?: number | undefined;
  readonly bestKnownSource?: string | undefined;
  readonly bounds: readonly { readonly name: string; readonly deg: number }[];
  readonly gapToBoundDeg: number;
  readonly provenOptimal: boolean;
  readonly contacts: number | null;
}

const shown = signal<Frame | undefined>(undefined);
const found = signal<{ readonly certificate: Certificate; readonly title: string } | undefined>(
  undefined,
);
const isSearching = signal(false);

function CodesPanel() {
  const [points, setPoints] = useState(24);
  const [dim, setDim] = useState(3);
  const [chains, setChains] = useState(0);
  return (
    <>
      <section>
        <p class="small">
          Tammes’ problem: so many points of the sphere that the nearest two are as far apart as
          possible.
        </p>
        <Count title="Points" value={points} min={2} max={2000} onChange={setPoints} />
        <Count title="Columns" value={dim} min={2} max={1024} onChange={setDim} />
        <Count
          title="Starts, 0 for enough"
          value={chains}
          min={0}
          max={1000}
          onChange={setChains}
        />
        <p class="buttons">
          <button
            type="button"
            class="main"
            disabled={isSearching.value}
            onClick={() => void search({ count: points, dim, chains, from: 'search' })}
          >
            Search
          </button>
          <button
            type="button"
            disabled={isSearching.value}
            title="Constructions, starts found before, and a search where it helps"
            onClick={() => void search({ count: points, dim, chains, from: 'best' })}
          >
            Best there is
          </button>
        </p>
      </section>
      {!found.value && !isSearching.value && <Kept />}
      {shown.value && (
        <section>
          <Globe of={shown.value} />
          <p class="small">{shown.value.about}</p>
        </section>
      )}
      {!found.value && shown.value && <SoFar of={shown.value} />}
      {found.value && !isSearching.value && <Proof {...found.value} />}
    </>
  );
}

function Count({
  title,
  value,
  min,
  max,
  onChange,
}: {
  readonly title: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <Field title={title}>
      <NumberInput min={min} max={max} value={value} onChange={(given = min) => onChange(given)} />
    </Field>
  );
}

async function search(parameters: Readonly<Record<string, unknown>>): Promise<void> {
  isSearching.value = true;
  shown.value = undefined;
  found.value = undefined;
  stopped.value = undefined;
  const before = new Set(tables.value.map(({ id }) => id));
  const answer = await act('Codes', 'codes', parameters, { onFrame: take });
  isSearching.value = false;
  const title = `${count(Number(parameters['count']))} points in ${String(parameters['dim'])} columns`;
  if (!answer) {
    stopped.value = { before, title };
    return;
  }
  found.value = { certificate: answer.facts['certificate'] as Certificate, title };
  if (typeof answer.facts['map'] === 'string') mapId.value = answer.facts['map'];
}

/** A search that was stopped: the best of what it showed comes as a table soon after. */
const stopped = signal<
  { readonly before: ReadonlySet<string>; readonly title: string } | undefined
>(undefined);

function Kept() {
  const at = stopped.value;
  const table = tables.value.find(({ id }) => !at?.before.has(id) && id.startsWith('code-'));
  if (!at || !table) return null;
  return (
    <section>
      <p>
        Stopped. The best so far is kept as a table of its own: <b>{table.name}</b>.
      </p>
    </section>
  );
}

function take({ facts, arrays }: Answer): void {
  const points = arrays?.['points'];
  if (!points) return;
  shown.value = {
    ...(facts as unknown as Frame),
    positions: points.data as Float32Array,
    dims: points.shape[1] === 3 ? 3 : 2,
  };
}

/** The points of the search, turning as one likes. */
function Globe({ of }: { readonly of: Frame }) {
  const host = useRef<HTMLDivElement>(null);
  const held = useRef<TammesView | undefined>(undefined);
  useEffect(() => {
    const view = new TammesView();
    view.tier = 'cpu';
    held.current = view;
    host.current?.append(view);
    return () => view.remove();
  }, []);
  useEffect(() => {
    const view = held.current;
    if (!view) return;
    const rows = of.positions.length / of.dims;
    view.palette = paletteOf('plain', isDark());
    view.settings = { pointSize: rows > 500 ? 4 : 9 };
    view.cloud = { positions: of.positions, dims: of.dims, shades: new Uint8Array(rows).fill(1) };
  }, [of]);
  return <div class="little-view" ref={host} />;
}

function SoFar({ of }: { readonly of: Frame }) {
  return (
    <section>
      <dl class="numbers">
        <Degrees title="Now" value={of.minAngleDeg} note="smallest angle of the points shown" />
        <Degrees title="Best so far" value={of.bestDeg} note="of what was shown" />
        <Degrees title="Best known" value={of.bestKnownDeg} note="published" />
        <Degrees title="No more than" value={of.boundDeg} note="proven" />
      </dl>
    </section>
  );
}

function Proof({
  certificate,
  title,
}: {
  readonly certificate: Certificate;
  readonly title: string;
}) {
  const { minAngleDeg, bestKnownDeg, bestKnownSource, bounds, gapToBoundDeg, contacts } =
    certificate;
  return (
    <section>
      <h3>{title}</h3>
      <dl class="numbers">
        <Degrees
          title="Smallest angle"
          value={minAngleDeg}
          note={contacts === null ? '' : `${count(contacts)} pairs have it`}
          digits={6}
        />
        <Degrees title="Best known" value={bestKnownDeg} note={bestKnownSource ?? ''} digits={6} />
        {bounds.map(({ name, deg }) => (
          <Degrees key={name} title="No more than" value={deg} note={name} digits={6} />
        ))}
      </dl>
      <p>
        {certificate.provenOptimal
          ? 'Proven: no points can be further apart.'
          : `Nothing proves that it is the best; at most ${fixed(gapToBoundDeg, 4)}° are missing.`}
      </p>
    </section>
  );
}

function Degrees({
  title,
  value,
  note,
  digits = 3,
}: {
  readonly title: string;
  readonly value: number | null | undefined;
  readonly note: string;
  readonly digits?: number;
}) {
  if (typeof value !== 'number') return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <b>{fixed(value, digits)}°</b>
      </dd>
      <small>{note}</small>
    </div>
  );
}
