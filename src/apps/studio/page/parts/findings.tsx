import { useState } from 'preact/hooks';
import { count } from '../../../report/format.ts';
import type { TableInfo } from '../../contract.ts';
import type { FindingFacts } from '../state/measured.ts';
import { perform } from '../state/outcome.ts';
import { copy } from '../state/save.ts';
import { select } from '../state/selection.ts';
import { can } from '../state/session.ts';
import { say } from '../state/toasts.ts';
import { panel } from '../state/ui.ts';
import { shortName } from '../state/view.ts';

const MARKS = { error: 'Wrong', warning: 'Look at this', note: 'Good to know' };

/** What was found, each with the rows it speaks of and what helps. */
export function FindingList({
  of,
  findings,
}: {
  readonly of: TableInfo;
  readonly findings: readonly FindingFacts[];
}) {
  if (findings.length === 0) return <p class="empty">Nothing.</p>;
  return (
    <>
      {findings.map((one) => (
        <div key={`${one.id} ${one.sentence}`} class={`finding ${one.severity}`}>
          <Sentence of={one} />
          <p class="small" title={one.fix}>
            {one.fix.replaceAll(of.name, shortName(of.name))}
          </p>
          <p class="buttons">
            {one.rows.length > 0 && (
              <button type="button" onClick={() => select(of.id, one.rows, { how: one.id })}>
                {one.rows.length === 1
                  ? 'Select its row'
                  : `Select its ${count(one.rows.length)} rows`}
              </button>
            )}
            {one.cure !== undefined && can('cure') && (
              <button type="button" onClick={() => void help(of.id, one)}>
                Do it
              </button>
            )}
            <button
              type="button"
              onClick={() => {
                void copy(one.fix).then((isDone) =>
                  say(isDone ? 'Copied.' : 'The browser does not allow copying here.'),
                );
              }}
            >
              Copy what helps
            </button>
          </p>
        </div>
      ))}
    </>
  );
}

/** Does what helps, and turns to the numbers before and after. */
async function help(table: string, { cure }: FindingFacts): Promise<void> {
  if (await perform('What helps', 'cure', { table, cure })) panel.value = 'act';
}

const LONG = 220;

/** A long sentence is cut until the reader wants all of it. */
function Sentence({ of }: { readonly of: FindingFacts }) {
  const [isWhole, setWhole] = useState(of.sentence.length <= LONG);
  return (
    <>
      <p class={isWhole ? '' : 'long'}>
        <span class="mark">{MARKS[of.severity] ?? of.severity}.</span> {of.sentence}
      </p>
      {!isWhole && (
        <button type="button" class="link small" onClick={() => setWhole(true)}>
          All of it
        </button>
      )}
    </>
  );
}
