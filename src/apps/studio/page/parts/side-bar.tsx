import { significant } from '../../../report/format.ts';
import type { FieldInfo, TableInfo } from '../../contract.ts';
import { type Filter, filters, setFilter } from '../state/filters.ts';
import { act, can, tables } from '../state/session.ts';
import { say } from '../state/toasts.ts';
import { panel } from '../state/ui.ts';
import {
  colorBy,
  colorField,
  map,
  mapId,
  maps,
  nameOfMap,
  pointSize,
  projection,
  secondId,
  secondMap,
  shortName,
  showsLabels,
  table,
  tableById,
} from '../state/view.ts';
import { Choices, Field } from './controls.tsx';
import { LegendBox } from './legend.tsx';

/** What is drawn, and how: maps, color, legend, filters. */
export function SideBar() {
  const of = table.value;
  return (
    <nav class="side" aria-label="What is shown">
      <MapList />
      {of && (
        <section>
          <h2>Color</h2>
          <ColorChoice of={of} />
          <LegendBox of={of} />
          <Clusters of={of} />
        </section>
      )}
      <FilterList />
      {map.value && <Looks />}
    </nav>
  );
}

function MapList() {
  return (
    <section>
      <h2>Maps</h2>
      <ul class="maps">
        {maps.value.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              class={one.id === map.value?.id ? 'item taken' : 'item'}
              aria-pressed={one.id === map.value?.id}
              onClick={() => {
                mapId.value = one.id;
              }}
            >
              {nameOfMap(one)}
              {tables.value.length > 1 && <small>{shortName(tableById(one.table)?.name)}</small>}
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="link"
        onClick={() => {
          panel.value = 'map';
        }}
      >
        New map
      </button>
      {maps.value.length > 1 && (
        <Field title="Beside it">
          <select
            value={secondMap.value?.id ?? ''}
            onChange={(event) => {
              secondId.value = event.currentTarget.value || undefined;
            }}
          >
            <option value="">nothing</option>
            {maps.value
              .filter(({ id }) => id !== map.value?.id)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {nameOfMap(one)}, {shortName(tableById(one.table)?.name)}
                </option>
              ))}
          </select>
        </Field>
      )}
    </section>
  );
}

/** Clusters become a column of the table, and its colors. */
function Clusters({ of }: { readonly of: TableInfo }) {
  const known = of.fields.find(({ from, kind }) => from === 'clusters' && kind === 'category');
  if (!can('clusters') || known || of.rows < FEWEST_CLUSTERED) return null;
  const find = async () => {
    const answer = await act('Clusters', 'clusters', { table: of.id });
    if (!answer) return;
    const [{ id }] = answer.facts['fields'] as readonly FieldInfo[];
    colorBy(of.id, id);
    const apart = answer.facts['silhouette'] as { readonly reading: string } | null;
    if (apart) say(`How far apart the clusters are (silhouette): ${apart.reading}`);
  };
  return (
    <button
      type="button"
      class="link"
      title="k-means of the directions, named by what is written of their rows"
      onClick={() => void find()}
    >
      Find clusters
    </button>
  );
}

const FEWEST_CLUSTERED = 8;

export function ColorChoice({ of }: { readonly of: TableInfo }) {
  const isColor = ({ kind }: FieldInfo) => kind === 'number' || kind === 'category';
  const ofFile = of.fields.filter((field) => isColor(field) && field.from === 'file');
  const measured = of.fields.filter((field) => isColor(field) && field.from !== 'file');
  const group = (title: string, fields: readonly FieldInfo[]) =>
    fields.length > 0 && (
      <optgroup label={title}>
        {fields.map(({ id, title: name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </optgroup>
    );
  return (
    <select
      class="wide"
      aria-label="Color by"
      value={colorField(of) ?? ''}
      onChange={(event) => colorBy(of.id, event.currentTarget.value || undefined)}
    >
      <option value="">one color for all</option>
      {group('Columns of the file', ofFile)}
      {group('Measured', measured)}
    </select>
  );
}

function FilterList() {
  if (filters.value.length === 0) return null;
  return (
    <section>
      <h2>Filters</h2>
      <ul class="filters">
        {filters.value.map((filter) => {
          const field = tableById(filter.table)?.fields.find(({ id }) => id === filter.field);
          const title = field?.title ?? (filter.kind === 'rows' ? 'Selection' : filter.field);
          return (
            <li key={`${filter.table} ${filter.field}`}>
              <span>
                {title} <small>{filterInWords(filter)}</small>
              </span>
              <button
                type="button"
                class="quiet"
                aria-label={`Remove the filter of ${title}`}
                onClick={() => setFilter(filter.table, filter.field, undefined)}
              >
                ×
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function filterInWords(filter: Filter): string {
  if (filter.kind === 'range') {
    if (filter.low === -Infinity) return `up to ${significant(filter.high)}`;
    if (filter.high === Infinity) return `from ${significant(filter.low)}`;
    return `${significant(filter.low)} to ${significant(filter.high)}`;
  }
  if (filter.kind === 'rows') return `${filter.rows.length.toLocaleString('en')} rows alone`;
  const { names } = filter;
  return `without ${names.length > 2 ? `${names.length} values` : names.join(', ')}`;
}

function Looks() {
  return (
    <section>
      <h2>View</h2>
      {map.value?.dims === 3 && (
        <Field title="Sphere as">
          <select
            value={projection.value}
            onChange={(event) => {
              projection.value = event.currentTarget.value as typeof projection.value;
            }}
          >
            <option value="globe">globe</option>
            <option value="lambert">Lambert, equal area</option>
            <option value="mollweide">Mollweide, equal area</option>
            <option value="stereographic">stereographic</option>
          </select>
        </Field>
      )}
      <Field title="Labels">
        <input
          type="checkbox"
          checked={showsLabels.value}
          onChange={(event) => {
            showsLabels.value = event.currentTarget.checked;
          }}
        />
      </Field>
      <Choices
        name="Point size"
        value={String(pointSize.value)}
        choices={[
          ['0', 'Auto'],
          ['1', 'Fine'],
          ['4', 'Medium'],
          ['8', 'Large'],
        ]}
        onChange={(value) => {
          pointSize.value = Number(value);
        }}
      />
    </section>
  );
}
