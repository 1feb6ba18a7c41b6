import type { ComponentChildren } from 'preact';
import { count, significant } from '../../../report/format.ts';
import { hovered, pin, pinned } from '../state/selection.ts';
import { stage } from '../state/stage.ts';

/** A row of a list that is linked with the map: hover rings it there, a click pins it. */
export interface ListedRow {
  readonly row: number;
  readonly label: string;
  readonly score?: number | undefined;
  /** A word about it. */
  readonly note?: string | undefined;
  readonly tone?: 'kept' | 'false' | 'missing' | 'gone' | 'new' | undefined;
}

export function RowList({
  table,
  rows,
  empty = 'Nothing here.',
  children,
}: {
  readonly table: string;
  readonly rows: readonly ListedRow[];
  readonly empty?: string;
  readonly children?: ComponentChildren;
}) {
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  const over = (row: number | undefined) => {
    hovered.value = row === undefined ? undefined : { table, row };
  };
  return (
    <>
      <ol class="rows">
        {rows.map(({ row, label, score, note, tone }) => (
          <li key={row}>
            <button
              type="button"
              class={`item ${tone ?? ''}`}
              aria-pressed={pinned.value?.table === table && pinned.value.row === row}
              onMouseEnter={() => over(row)}
              onMouseLeave={() => over(undefined)}
              onFocus={() => over(row)}
              onBlur={() => over(undefined)}
              onClick={() => {
                pin(table, row);
                stage.value?.center(row);
              }}
            >
              <span>{label}</span>
              {note && <small>{note}</small>}
              {score !== undefined && Number.isFinite(score) && (
                <b>{Number.isInteger(score) ? count(score) : significant(score)}</b>
              )}
            </button>
          </li>
        ))}
      </ol>
      {children}
    </>
  );
}
