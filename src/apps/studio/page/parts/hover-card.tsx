import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { fixed, significant } from '../../../report/format.ts';
import type { FieldInfo, TableInfo } from '../../contract.ts';
import { shortened } from '../state/labels.ts';
import { hovered } from '../state/selection.ts';
import { ask, sentenceOf, session } from '../state/session.ts';
import { stage } from '../state/stage.ts';
import { colorField, tableById } from '../state/view.ts';

/** What is known of a row. */
export interface RowFacts {
  readonly row: number;
  readonly label: string | null;
  readonly values: Readonly<Record<string, string | number | null>>;
}

const known = new Map<string, RowFacts>();
const MOST_KNOWN = 500;

export async function rowFacts(table: TableInfo, row: number): Promise<RowFacts> {
  const key = `${table.id} ${row} ${table.fields.length}`;
  const found = known.get(key);
  if (found) return found;
  const { facts } = await ask('rows', { table: table.id, rows: [row] });
  const [made] = facts['rows'] as readonly RowFacts[];
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, made);
  return made;
}

const REST = 40;
/** The camera has come to rest when it has not moved for so many milliseconds. */
const SETTLED = 100;
const MOST_FIELDS = 7;

/** What is known of the row under the cursor. */
export function HoverCard() {
  const facts = useSignal<RowFacts | undefined>(undefined);
  useSignalEffect(() => {
    const over = hovered.value;
    const table = tableById(over?.table);
    facts.value = undefined;
    if (!over || !table) return;
    const timer = setTimeout(() => {
      rowFacts(table, over.row).then(
        (made) => {
          if (hovered.peek()?.row === over.row) facts.value = made;
        },
        () => undefined,
      );
    }, REST);
    return () => clearTimeout(timer);
  });
  const isMoving = useSignal(false);
  useSignalEffect(() => {
    const view = stage.value?.element;
    if (!view) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moved = () => {
      isMoving.value = true;
      clearTimeout(timer);
      timer = setTimeout(() => {
        isMoving.value = false;
      }, SETTLED);
    };
    view.addEventListener('camera', moved);
    return () => {
      clearTimeout(timer);
      isMoving.value = false;
      view.removeEventListener('camera', moved);
    };
  });
  const table = tableById(hovered.value?.table);
  // While the map moves the card would lag behind its point.
  if (!hovered.value || !table || !facts.value || isMoving.value) return null;
  return (
    <div class="card" style={placeOf()} aria-hidden="true">
      <RowCard table={table} facts={facts.value} most={MOST_FIELDS} />
    </div>
  );
}

/** Beside the point, on the side where there is more room. */
function placeOf(): Record<string, string> {
  const over = hovered.value;
  const view = stage.value?.element;
  const placement = view?.placement();
  if (!over || !view || !placement) return { left: '12px', top: '12px' };
  const ratio = globalThis.devicePixelRatio || 1;
  const [x, y] = [placement.x[over.row] / ratio, placement.y[over.row] / ratio];
  const { clientWidth, clientHeight } = view;
  return {
    ...(x < clientWidth / 2 ? { left: `${x + 16}px` } : { right: `${clientWidth - x + 16}px` }),
    ...(y < clientHeight / 2 ? { top: `${y + 8}px` } : { bottom: `${clientHeight - y + 8}px` }),
  };
}

/** Label, color value first, then the other columns, and the picture or sound where there is one. */
export function RowCard({
  table,
  facts,
  most,
}: {
  readonly table: TableInfo;
  readonly facts: RowFacts;
  readonly most: number;
}) {
  const color = colorField(table);
  const shown = table.fields
    .filter(({ id }) => facts.values[id] !== null && facts.values[id] !== '')
    .toSorted((a, b) => Number(b.id === color) - Number(a.id === color));
  // What was measured is in the panels; here it is shown where it colors the map.
  const isKept = ({ id, from }: FieldInfo) => most === Infinity || from === 'file' || id === color;
  const media = shown.filter(({ kind }) => kind === 'picture' || kind === 'sound');
  const rest = shown.filter(
    (field) => field.kind !== 'picture' && field.kind !== 'sound' && isKept(field),
  );
  return (
    <>
      <p class="name">{facts.label ?? `Row ${facts.row}`}</p>
      {media.slice(0, 1).map((field) => (
        <Media key={`${field.id} ${facts.row}`} table={table} field={field} row={facts.row} />
      ))}
      <dl>
        {rest.slice(0, most).map(({ id, title, kind }) => (
          <div key={id}>
            <dt>{title}</dt>
            <dd>{valueInWords(facts.values[id], kind)}</dd>
          </div>
        ))}
      </dl>
      <small>
        {[
          facts.label === null ? '' : `row ${facts.row}`,
          rest.length > most ? `${rest.length - most} more columns` : '',
        ]
          .filter(Boolean)
          .join(', ')}
      </small>
    </>
  );
}

export function valueInWords(
  value: string | number | null | undefined,
  kind: FieldInfo['kind'],
): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return shortened(value, 160);
  return kind === 'time'
    ? new Date(value).toISOString().slice(0, 16)
    : Number.isInteger(value)
      ? fixed(value, 0)
      : significant(value, 4);
}

/** The picture or sound of a row; it comes with the page's own token, so it is fetched first. */
function Media({
  table,
  field,
  row,
}: {
  readonly table: TableInfo;
  readonly field: FieldInfo;
  readonly row: number;
}) {
  const [address, setAddress] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let made: string | undefined;
    let isGone = false;
    session()
      .media(table.id, field.id, row)
      .then(
        (blob) => {
          if (isGone) return;
          made = URL.createObjectURL(blob);
          setAddress(made);
        },
        (cause: unknown) => setProblem(sentenceOf(cause)),
      );
    return () => {
      isGone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [table.id, field.id, row]);
  if (problem) return <small class="problem">{problem}</small>;
  if (!address) return <div class="media" />;
  return field.kind === 'picture' ? (
    <img class="media" src={address} alt={`${field.title} of row ${row}`} />
  ) : (
    // biome-ignore lint/a11y/useMediaCaption: sounds of a data set have no captions
    <audio controls src={address} />
  );
}
