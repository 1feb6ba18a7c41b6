import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { counted } from '../../../../core/text.ts';
import type { TableInfo } from '../../contract.ts';
import { RowCard, type RowFacts, rowFacts, valueInWords } from '../parts/hover-card.tsx';
import { hovered, pin, pinned, reselect, selection } from '../state/selection.ts';
import { ask } from '../state/session.ts';
import { stage } from '../state/stage.ts';
import { colorField, table as shownTable } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const rows: PanelInfo = {
  id: 'rows',
  title: 'Rows',
  about: 'The selected rows, or all, as a table; everything of one row.',
  key: '5',
  group: 'look',
  Panel: RowsPanel,
};

const HEIGHT = 28;
const PAGE = 60;
const MOST_COLUMNS = 3;

function RowsPanel() {
  const of = shownTable.value;
  if (!of) return <p class="empty">Open a file first.</p>;
  const chosen = selection.value?.table === of.id ? selection.value.rows : undefined;
  return (
    <>
      <OneRow of={of} />
      <section class="fill">
        <h3>
          {chosen ? counted(chosen.length, 'selected row') : `All ${counted(of.rows, 'row')}`}
        </h3>
        <RowTable of={of} chosen={chosen} key={`${of.id} ${chosen?.length ?? 'all'}`} />
      </section>
    </>
  );
}

/** Everything about the row that was clicked. */
function OneRow({ of }: { readonly of: TableInfo }) {
  const facts = useSignal<RowFacts | undefined>(undefined);
  useSignalEffect(() => {
    const one = pinned.value;
    facts.value = undefined;
    if (one?.table === of.id)
      void rowFacts(of, one.row).then(
        (made) => {
          facts.value = made;
        },
        () => undefined,
      );
  });
  if (!facts.value) return <p class="small">Click a point or a row to see all of it.</p>;
  return (
    <section class="one">
      <RowCard table={of} facts={facts.value} most={Infinity} />
    </section>
  );
}

/** Only the rows that are seen are asked for and drawn, so that a million can be scrolled. */
function RowTable({
  of,
  chosen,
}: {
  readonly of: TableInfo;
  readonly chosen: Int32Array | undefined;
}) {
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(0);
  const [page, setPage] = useState<{ readonly from: number; readonly rows: readonly RowFacts[] }>();
  const box = useRef<HTMLDivElement>(null);
  const length = chosen?.length ?? of.rows;
  const from = Math.max(0, Math.min(length - PAGE, Math.floor(top / HEIGHT) - 15));
  const color = colorField(of);
  const columns = of.fields
    .filter(({ kind }) => kind !== 'picture' && kind !== 'sound')
    .toSorted((x, y) => Number(y.id === color) - Number(x.id === color))
    .slice(0, MOST_COLUMNS);
  useEffect(() => {
    const end = Math.min(length, from + PAGE);
    const wanted = Array.from({ length: Math.max(0, end - from) }, (_, i) =>
      chosen ? chosen[from + i] : from + i,
    );
    const fields = columns.map(({ id }) => id);
    const timer = setTimeout(() => {
      ask('rows', { table: of.id, rows: wanted, fields }).then(
        ({ facts }) => setPage({ from, rows: facts['rows'] as readonly RowFacts[] }),
        () => undefined,
      );
    }, 60);
    return () => clearTimeout(timer);
  }, [of.id, from, chosen, columns.map(({ id }) => id).join()]);

  const rowAt = (at: number) => (chosen ? chosen[at] : at);
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step !== undefined) {
      const next = Math.max(0, Math.min(length - 1, active + step));
      setActive(next);
      hovered.value = { table: of.id, row: rowAt(next) };
      const above = next * HEIGHT;
      const view = box.current;
      if (view && above < view.scrollTop) view.scrollTop = above;
      if (view && above + 2 * HEIGHT > view.scrollTop + view.clientHeight)
        view.scrollTop = above + 2 * HEIGHT - view.clientHeight;
    } else if (event.key === 'Enter') {
      pin(of.id, rowAt(active));
      stage.value?.center(rowAt(active));
    } else if (event.key === ' ') {
      const row = rowAt(active);
      const isChosen = selection.value?.table === of.id && selection.value.rows.includes(row);
      reselect(of.id, [row], isChosen ? 'remove' : 'add', 'the list');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      class="grid"
      ref={box}
      role="grid"
      tabIndex={0}
      aria-label="Rows: arrows move, Enter shows a row on the map, Space selects it"
      aria-rowcount={length}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={move}
    >
      <div class="head" role="row" tabIndex={-1}>
        <span role="columnheader" tabIndex={-1}>
          label
        </span>
        {columns.map(({ id, title }) => (
          <span key={id} role="columnheader" tabIndex={-1}>
            {title}
          </span>
        ))}
      </div>
      <div style={{ height: `${length * HEIGHT}px` }}>
        <div style={{ transform: `translateY(${(page?.from ?? 0) * HEIGHT}px)` }}>
          {page?.rows.map(({ row, label, values }, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it takes the keys
            <div
              key={row}
              role="row"
              tabIndex={-1}
              class={page.from + i === active ? 'line active' : 'line'}
              aria-selected={pinned.value?.row === row}
              onMouseEnter={() => {
                hovered.value = { table: of.id, row };
              }}
              onClick={() => {
                setActive(page.from + i);
                pin(of.id, row);
                stage.value?.center(row);
              }}
            >
              <span role="gridcell" tabIndex={-1}>
                {label ?? `row ${row}`}
              </span>
              {columns.map(({ id, kind }) => (
                <span role="gridcell" key={id} tabIndex={-1}>
                  {valueInWords(values[id], kind)}
                </span>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 15,
  PageUp: -15,
  Home: -Infinity,
  End: Infinity,
};
