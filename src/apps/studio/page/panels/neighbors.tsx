import { useSignal, useSignalEffect } from '@preact/signals';
import type { Answer } from '../../contract.ts';
import { Choices } from '../parts/controls.tsx';
import { type ListedRow, RowList } from '../parts/row-list.tsx';
import { labelsOf } from '../state/arrays.ts';
import { type Link, links, pinned, ringed, select } from '../state/selection.ts';
import { ask, sentenceOf } from '../state/session.ts';
import { map, shortName, tableById } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const neighbors: PanelInfo = {
  id: 'neighbors',
  title: 'Neighbors',
  about: 'What is near the clicked row, in the space and on the map, before and after.',
  key: '3',
  group: 'look',
  needs: 'neighbors',
  Panel: NeighborsPanel,
};

interface Neighbor {
  readonly row: number;
  readonly label: string;
  readonly cosine: number;
}

interface NeighborFacts {
  readonly label: string;
  readonly neighbors: readonly Neighbor[];
  readonly before?: readonly Neighbor[];
  readonly kept?: number;
  readonly inMap?: { readonly false: readonly number[]; readonly missing: readonly number[] };
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
    ask('neighbors', { table: one.table, row: one.row, k: count, ...onMap }).then(
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
  const facts = answer.value?.facts as unknown as NeighborFacts | undefined;
  const label = facts?.label ?? `row ${one.row}`;
  const names = labelsOf(one.table) ?? [];
  const named = (row: number): ListedRow => ({ row, label: names[row] || `row ${row}` });
  const near = facts?.neighbors ?? [];
  const missing = new Set(facts?.inMap?.missing);
  const now = new Set(near.map(({ row }) => row));
  const before = facts?.before;
  const was = new Set(before?.map(({ row }) => row));
  const wrong = (facts?.inMap?.false ?? []).map(named);
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
        {missing.size > 0 && (
          <p class="small">
            {missing.size} of them are not among the nearest on the map (“elsewhere”); lines lead
            there.
          </p>
        )}
        <RowList
          table={one.table}
          rows={near.map(({ row, label: name, cosine }) => ({
            row,
            label: name,
            score: cosine,
            note: [before && !was.has(row) ? 'new' : '', missing.has(row) ? 'elsewhere' : '']
              .filter(Boolean)
              .join(', '),
            tone: before && !was.has(row) ? ('new' as const) : undefined,
          }))}
          empty="Looking …"
        />
        <p class="buttons">
          <button
            type="button"
            onClick={() =>
              select(one.table, [one.row, ...now], {
                how: `neighbors of ${label}`,
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
          <p class="small">
            The picture puts these beside it, but in the space they are not among its nearest;
            dashed lines lead there.
          </p>
          <RowList
            table={one.table}
            rows={wrong.map((row) => ({ ...row, tone: 'false' as const }))}
          />
        </section>
      )}
      {before && (
        <section>
          <h3>Before the last change</h3>
          <p class="small">
            {facts?.kept} of {before.length} stayed.
          </p>
          <RowList
            table={one.table}
            rows={before.map(({ row, label: name, cosine }) => ({
              row,
              label: name,
              score: cosine,
              tone: now.has(row) ? ('kept' as const) : ('gone' as const),
            }))}
          />
        </section>
      )}
    </>
  );
}

function draw(table: string, from: number, { facts }: Answer): void {
  const { neighbors: near, inMap } = facts as unknown as NeighborFacts;
  const missing = new Set(inMap?.missing);
  links.value = {
    table,
    links: [
      ...near.map(
        ({ row }): Link => ({ from, to: row, tone: missing.has(row) ? 'missing' : 'kept' }),
      ),
      ...(inMap?.false ?? []).map((to): Link => ({ from, to, tone: 'false' })),
    ],
  };
  ringed.value = { table, rows: near.map(({ row }) => row) };
}
