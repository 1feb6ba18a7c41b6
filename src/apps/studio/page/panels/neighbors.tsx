import { useSignal, useSignalEffect } from '@preact/signals';
import type { Answer } from '../../contract.ts';
import { Choices } from '../parts/controls.tsx';
import { type ListedRow, RowList } from '../parts/row-list.tsx';
import { type Link, links, pinned, ringed, select } from '../state/selection.ts';
import { ask, sentenceOf } from '../state/session.ts';
import { map, shortName, tableById } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const neighbors: PanelInfo = {
  id: 'neighbors',
  title: 'Neighbours',
  about: 'What is near the clicked row, in the space and on the map, before and after.',
  key: '3',
  group: 'look',
  needs: 'neighbors',
  Panel: NeighborsPanel,
};

interface Neighbor {
  readonly row: number;
  readonly label?: string | null;
  readonly cosine?: number;
  readonly change?: string;
  readonly tone?: string;
}

type Count = '5' | '10' | '20' | '50';
const COUNTS: readonly (readonly [Count, string])[] = [
  ['5', '5'],
  ['10', '10'],
  ['20', '20'],
  ['50', '50'],
];

function NeighborsPanel() {
  const k = useSignal<Count>('10');
  const answer = useSignal<Answer | undefined>(undefined);
  const problem = useSignal('');
  useSignalEffect(() => {
    const one = pinned.value;
    const shown = map.value;
    const count = Number(k.value);
    problem.value = '';
    if (!one) {
      answer.value = undefined;
      return;
    }
    const onMap = shown?.table === one.table ? { map: shown.id } : {};
    ask('neighbors', { table: one.table, row: [one.row], k: count, ...onMap }).then(
      (made) => {
        if (pinned.peek() !== one) return;
        answer.value = made;
        draw(one.table, one.row, made);
      },
      (cause: unknown) => {
        problem.value = sentenceOf(cause);
      },
    );
  });
  useSignalEffect(() => () => {
    links.value = undefined;
    ringed.value = undefined;
  });
  const one = pinned.value;
  if (!one) return <p class="empty">Click a point: here is what is near it.</p>;
  const owner = tableById(one.table);
  const facts = answer.value?.facts;
  const list = (name: string) => rowsOf((facts?.[name] ?? []) as readonly Neighbor[]);
  const label = (facts?.['label'] as string | null | undefined) ?? `row ${one.row}`;
  const [missing, wrong, gone] = [list('missing'), list('false'), list('before')];
  return (
    <>
      <section>
        <p>
          <b>{label}</b> <small>{shortName(owner?.name)}</small>
        </p>
        <Choices
          name="How many"
          value={k.value}
          choices={COUNTS}
          onChange={(value) => {
            k.value = value;
          }}
        />
        {problem.value && <p class="bad">{problem.value}</p>}
        <h3>Nearest in the space</h3>
        <RowList table={one.table} rows={list('neighbors')} empty="Looking …" />
        <p class="buttons">
          <button
            type="button"
            onClick={() =>
              select(one.table, [one.row, ...list('neighbors').map(({ row }) => row)], {
                how: `neighbours of ${label}`,
              })
            }
          >
            Select them
          </button>
        </p>
      </section>
      {wrong.length > 0 && (
        <section>
          <h3>Near on the map alone</h3>
          <p class="small">False neighbours: the picture puts them here, the space does not.</p>
          <RowList
            table={one.table}
            rows={wrong.map((row) => ({ ...row, tone: 'false' as const }))}
          />
        </section>
      )}
      {missing.length > 0 && (
        <section>
          <h3>Near in the space, far on the map</h3>
          <p class="small">Missing neighbours: lines lead to where the map has put them.</p>
          <RowList
            table={one.table}
            rows={missing.map((row) => ({ ...row, tone: 'missing' as const }))}
          />
        </section>
      )}
      {gone.length > 0 && (
        <section>
          <h3>Before the last change</h3>
          <RowList table={one.table} rows={gone} />
        </section>
      )}
    </>
  );
}

function rowsOf(list: readonly Neighbor[]): readonly ListedRow[] {
  return list.map(({ row, label, cosine, change }) => ({
    row,
    label: label ?? `row ${row}`,
    score: cosine,
    note: change,
  }));
}

function draw(table: string, from: number, { facts }: Answer): void {
  const rows = (name: string) => ((facts[name] ?? []) as readonly Neighbor[]).map(({ row }) => row);
  const missing = new Set(rows('missing'));
  const lines: Link[] = [
    ...rows('neighbors').map(
      (to): Link => ({ from, to, tone: missing.has(to) ? 'missing' : 'kept' }),
    ),
    ...rows('false').map((to): Link => ({ from, to, tone: 'false' })),
  ];
  links.value = { table, links: lines };
  ringed.value = { table, rows: rows('neighbors') };
}
