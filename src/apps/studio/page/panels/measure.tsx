import { counted } from '../../../../core/text.ts';
import { count } from '../../../report/format.ts';
import type { TableInfo } from '../../contract.ts';
import { Choices } from '../parts/controls.tsx';
import { FindingList } from '../parts/findings.tsx';
import { NumberLine } from '../parts/number-line.tsx';
import { RowList } from '../parts/row-list.tsx';
import {
  type MeasuredFacts,
  measuredOf,
  type NamedRow,
  type RowLists,
  remember,
} from '../state/measured.ts';
import { select } from '../state/selection.ts';
import { act, can } from '../state/session.ts';
import { colorBy, table } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const measure: PanelInfo = {
  id: 'measure',
  title: 'Measure',
  about: 'Numbers with their interval beside chance; what is wrong, where, and what helps.',
  key: '2',
  group: 'look',
  needs: 'measure',
  Panel: MeasurePanel,
};

function MeasurePanel() {
  const of = table.value;
  if (!of) return <p class="empty">Open a file first.</p>;
  const known = measuredOf(of.id);
  return (
    <>
      <section>
        <p class="small">
          Every number has an interval, and stands beside what chance gives. Click one to color the
          map by it.
        </p>
        <p class="buttons">
          <button type="button" class="main" onClick={() => void run(of, false)}>
            Measure
          </button>
          <button
            type="button"
            title="Takes every number and looks for everything that can be wrong"
            onClick={() => void run(of, true)}
          >
            Examine everything
          </button>
        </p>
      </section>
      {known?.facts && <Findings of={of} facts={known.facts} />}
      {known?.facts && <Numbers of={of} facts={known.facts} />}
      <Lists of={of} />
    </>
  );
}

async function run(of: TableInfo, doctor: boolean): Promise<void> {
  const answer = await act('Measure', 'measure', { table: of.id, doctor });
  if (!answer) return;
  const facts = answer.facts as unknown as MeasuredFacts;
  remember(of.id, { facts });
}

function Findings({ of, facts }: { readonly of: TableInfo; readonly facts: MeasuredFacts }) {
  return (
    <section>
      <h3>What stands out</h3>
      <FindingList of={of} findings={facts.findings} />
    </section>
  );
}

function Numbers({ of, facts }: { readonly of: TableInfo; readonly facts: MeasuredFacts }) {
  const groups = [...new Set(facts.metrics.map(({ group }) => group))];
  return (
    <section>
      <h3>Numbers</h3>
      {groups.map((group) => (
        <div key={group}>
          {groups.length > 1 && <p class="group">{group}</p>}
          {facts.metrics
            .filter((one) => one.group === group)
            .map((one) => (
              <NumberLine
                key={`${one.id} ${JSON.stringify(one.options ?? {})}`}
                of={of}
                number={one}
              />
            ))}
        </div>
      ))}
      {facts.warnings?.map((warning) => (
        <p class="small" key={warning}>
          {warning}
        </p>
      ))}
    </section>
  );
}

type Kind = 'hubs' | 'duplicates' | 'outliers';
const KINDS: readonly (readonly [Kind, string, string])[] = [
  ['hubs', 'Hubs', 'in that many lists of nearest rows'],
  ['duplicates', 'Duplicates', 'nearly the same vector'],
  ['outliers', 'Outliers', 'degrees to the nearest rows'],
];

/** Rows that deserve a look, worst first. */
function Lists({ of }: { readonly of: TableInfo }) {
  const known = measuredOf(of.id);
  const kind = known?.kind ?? 'hubs';
  const lists = known?.lists?.[kind];
  const there = KINDS.filter(([id]) => can(id));
  if (there.length === 0) return null;
  const [, title, meaning] = KINDS.find(([id]) => id === kind) ?? KINDS[0];
  const shown = lists && rowsOf(kind, lists);
  return (
    <section>
      <h3>Rows to look at</h3>
      <Choices
        name="Which rows"
        value={kind}
        choices={there.map(([id, name]) => [id, name] as const)}
        onChange={(next) => {
          remember(of.id, { kind: next });
          if (!known?.lists?.[next]) void look(of, next);
        }}
      />
      {!shown && (
        <p class="buttons">
          <button type="button" onClick={() => void look(of, kind)}>
            Look for {title.toLowerCase()}
          </button>
        </p>
      )}
      {shown && (
        <>
          <p class="small">{meaning}</p>
          <RowList table={of.id} rows={shown} empty="There are none.">
            <p class="buttons">
              <button
                type="button"
                onClick={() =>
                  select(
                    of.id,
                    shown.map(({ row }) => row),
                    { how: title.toLowerCase() },
                  )
                }
              >
                Select these {count(shown.length)}
              </button>
              {lists.fields?.[0] && (
                <button type="button" onClick={() => colorBy(of.id, lists.fields?.[0]?.id)}>
                  Color by it
                </button>
              )}
            </p>
          </RowList>
          <FindingList of={of} findings={lists.findings ?? []} />
        </>
      )}
    </section>
  );
}

async function look(of: TableInfo, kind: Kind): Promise<void> {
  const answer = await act(kind, kind, { table: of.id });
  if (!answer) return;
  const lists = { ...measuredOf(of.id)?.lists, [kind]: answer.facts as RowLists };
  remember(of.id, { kind, lists });
}

function rowsOf(kind: Kind, lists: RowLists) {
  const named = (rows: readonly NamedRow[] = []) =>
    rows.map(({ row, label, value }) => ({ row, label, score: value }));
  if (kind === 'hubs') return named(lists.hubs);
  if (kind === 'outliers') return named(lists.alone?.length ? lists.alone : lists.farthest);
  return (lists.groups ?? []).flatMap(({ rows, labels }, group) =>
    rows.map((row, i) => ({
      row,
      label: labels[i] ?? `row ${row}`,
      note: i === 0 ? `group ${group + 1}, ${counted(rows.length, 'row')}` : `group ${group + 1}`,
    })),
  );
}
