import { useState } from 'preact/hooks';
import type { AnyOptionSpec } from '../../../../method/options.ts';
import { significant } from '../../../report/format.ts';
import type { FieldInfo, MapInfo, TableInfo } from '../../contract.ts';
import {
  Choices,
  Field,
  OptionControls,
  type OptionValues,
  TitledOptions,
} from '../parts/controls.tsx';
import { type Interval, IntervalBar, intervalInWords } from '../parts/interval.tsx';
import { NumberInput } from '../parts/number-input.tsx';
import { factsOf } from '../state/arrays.ts';
import { again, make } from '../state/making.ts';
import { act, can } from '../state/session.ts';
import { colorBy, colorField, map as shownMap, table } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const map: PanelInfo = {
  id: 'map',
  title: 'Map',
  about: 'How rows become points, and how far the picture can be trusted.',
  key: '1',
  group: 'look',
  Panel: MapPanel,
};

interface MethodFacts {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, AnyOptionSpec>>;
}

function MapPanel() {
  const of = table.value;
  if (!of) return <p class="empty">Open a file first.</p>;
  return (
    <>
      {shownMap.value?.outdated && <Outdated of={shownMap.value} />}
      {shownMap.value && <Trust of={shownMap.value} />}
      {can('map') && <NewMap of={of} />}
      {can('given-map') && <KnownMap of={of} />}
    </>
  );
}

/** Its rows have got other vectors since it was made. */
function Outdated({ of }: { readonly of: MapInfo }) {
  const canBegin = of.outdated?.again && can('map-again');
  return (
    <section>
      <p>This map shows where rows were before the last change.</p>
      {canBegin && (
        <p class="buttons">
          <button type="button" class="main" onClick={() => void again(of)}>
            Make it again from here
          </button>
        </p>
      )}
    </section>
  );
}

const QUALITY: readonly (readonly [string, string, string])[] = [
  ['trustworthiness', 'Trustworthiness', 'Points near on the map are near in the space'],
  ['continuity', 'Continuity', 'Points near in the space are near on the map'],
  ['neighborRecall10', 'Neighbors kept, 10', 'Share of the ten nearest rows that stay nearest'],
  ['neighborRecall50', 'Neighbors kept, 50', 'Share of the fifty nearest rows that stay nearest'],
  ['stress', 'Stress', 'How far distances are bent; 0 is none'],
];

/** How far the map that is shown can be trusted, as a whole and point by point. */
function Trust({ of }: { readonly of: MapInfo }) {
  const quality = of.quality as Readonly<Record<string, Interval | undefined>> | undefined;
  const isColored = table.value && colorField(table.value) === of.distortion;
  return (
    <section>
      <h3>How far to trust {of.title}</h3>
      {quality ? (
        <dl class="numbers">
          {QUALITY.flatMap(([id, title, doc]) => {
            const number = quality[id];
            if (number?.value === undefined) return [];
            return [
              <div key={id} title={doc}>
                <dt>{title}</dt>
                <dd>
                  <IntervalBar of={number} domain={[0, 1]} />
                  <b>{significant(number.value)}</b>
                </dd>
                <small>{intervalInWords(number)}</small>
              </div>,
            ];
          })}
        </dl>
      ) : (
        <p class="small">Not measured yet.</p>
      )}
      <p class="buttons">
        {!quality && can('map-quality') && (
          <button
            type="button"
            onClick={() => void act('Map quality', 'map-quality', { map: of.id })}
          >
            Measure it
          </button>
        )}
        {of.distortion !== undefined && (
          <button
            type="button"
            aria-pressed={isColored}
            onClick={() => colorBy(of.table, isColored ? undefined : of.distortion)}
          >
            Color points by distortion
          </button>
        )}
      </p>
    </section>
  );
}

const FIRST = ['umap', 'pca', 'tsne', 'spherical-umap', 'spherical-pca', 'largevis', 'mds'];

function NewMap({ of }: { readonly of: TableInfo }) {
  const [id, setId] = useState('umap');
  const [options, setOptions] = useState<OptionValues>({});
  const [geometry, setGeometry] = useState<'plane' | 'sphere'>('plane');
  const facts = factsOf('methods', { family: 'reduction' });
  const methods = ((facts?.['methods'] ?? []) as readonly MethodFacts[]).toSorted(
    (a, b) => rank(a.id) - rank(b.id),
  );
  const method = methods.find((one) => one.id === id) ?? methods[0];
  return (
    <section>
      <h3>New map</h3>
      <Field title="Method">
        <select
          value={method?.id}
          onChange={(event) => {
            setId(event.currentTarget.value);
            setOptions({});
          }}
        >
          <TitledOptions of={methods} />
        </select>
      </Field>
      {method && <p class="small">{method.summary}</p>}
      <Choices
        name="Geometry"
        value={geometry}
        choices={[
          ['plane', 'Flat'],
          ['sphere', 'Sphere'],
        ]}
        onChange={setGeometry}
      />
      {method && (
        <details>
          <summary>Options</summary>
          <OptionControls
            specs={method.options}
            values={options}
            onChange={setOptions}
            without={['dim']}
          />
        </details>
      )}
      <p class="buttons">
        <button
          type="button"
          class="main"
          disabled={!method}
          onClick={() => void make(of, 'map', { method: method?.id, options, geometry })}
        >
          Make the map
        </button>
      </p>
    </section>
  );
}

function rank(id: string): number {
  const at = FIRST.indexOf(id);
  return at < 0 ? FIRST.length : at;
}

type Source = 'principal' | 'fields' | 'points' | 'columns';

/** Coordinates that are known already, and the sphere as it is. */
function KnownMap({ of }: { readonly of: TableInfo }) {
  const [from, setFrom] = useState<Source>('principal');
  const [columns, setColumns] = useState<readonly number[]>([0, 1, 2]);
  const numbers = of.fields.filter(({ kind }) => kind === 'number');
  const [fields, setFields] = useState<readonly string[]>([]);
  const [isDisk, setDisk] = useState(false);
  const show = () => {
    const given =
      from === 'columns'
        ? { columns }
        : from === 'fields'
          ? { fields: fields.filter(Boolean), geometry: isDisk ? 'disk' : 'plane' }
          : {};
    void make(of, 'given-map', { from, ...given });
  };
  return (
    <section>
      <h3>Without a method</h3>
      <Field title="From">
        <select value={from} onChange={(event) => setFrom(event.currentTarget.value as Source)}>
          <option value="principal">the sphere in its three principal axes</option>
          <option value="columns">the sphere in three columns</option>
          {numbers.length > 1 && <option value="fields">coordinates in columns of the file</option>}
          {of.columns <= 3 && <option value="points">the points as they are</option>}
        </select>
      </Field>
      {from === 'columns' && (
        <div class="three">
          {columns.map((value, i) => (
            <NumberInput
              key={i}
              label={`Column ${i + 1}`}
              min={0}
              max={of.columns - 1}
              value={value}
              onChange={(given = 0) => setColumns(columns.with(i, given))}
            />
          ))}
        </div>
      )}
      {from === 'fields' && (
        <>
          <FieldPicks numbers={numbers} picked={fields} onChange={setFields} />
          <Field title="Poincaré disk">
            <input
              type="checkbox"
              checked={isDisk}
              onChange={(event) => setDisk(event.currentTarget.checked)}
            />
          </Field>
        </>
      )}
      <p class="buttons">
        <button type="button" onClick={show}>
          Show
        </button>
      </p>
    </section>
  );
}

function FieldPicks({
  numbers,
  picked,
  onChange,
}: {
  readonly numbers: readonly FieldInfo[];
  readonly picked: readonly string[];
  readonly onChange: (picked: readonly string[]) => void;
}) {
  return (
    <div class="three">
      {['Right', 'Up', 'Towards you'].map((place, i) => (
        <select
          key={place}
          aria-label={place}
          value={picked[i] ?? ''}
          onChange={(event) => {
            const next = [...picked, '', '', ''].slice(0, 3);
            next[i] = event.currentTarget.value;
            onChange(next);
          }}
        >
          <option value="">{place}</option>
          <TitledOptions of={numbers} />
        </select>
      ))}
    </div>
  );
}
