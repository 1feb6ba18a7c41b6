import { counted } from '../../../../core/text.ts';
import { count, percent } from '../../../report/format.ts';
import type { TableInfo } from '../../contract.ts';
import { filters } from '../state/filters.ts';
import { deselect, selection } from '../state/selection.ts';
import { jobs } from '../state/session.ts';
import { stage } from '../state/stage.ts';
import { cloudOf, inPicture, map, table } from '../state/view.ts';

/** What is seen, what is selected, and what runs, with a way to stop it. */
export function StatusLine() {
  const shown = table.value;
  return (
    <footer class="status">
      <p>
        {shown ? seenInWords() : 'No file is open'}
        <Outside />
      </p>
      <p>
        {selection.value && (
          <>
            {count(selection.value.rows.length)} selected
            {selection.value.how ? ` by ${selection.value.how}` : ''}
            <button type="button" class="link" onClick={deselect}>
              Deselect
            </button>
          </>
        )}
      </p>
      <div class="jobs" role="status">
        {jobs.value.map(({ id, title, stage, done, stop }) => (
          <span key={id} class="job">
            <span>
              {title}
              {stage ? `: ${stage}` : ''}
            </span>
            {Number.isFinite(done) ? (
              <>
                <progress max={1} value={done} aria-label={title} />
                <span class="share">{percent(done)}</span>
              </>
            ) : (
              <progress aria-label={title} />
            )}
            <button type="button" class="link" onClick={stop}>
              Stop
            </button>
          </span>
        ))}
      </div>
    </footer>
  );
}

function seenInWords(): string {
  const of = table.value;
  if (!of) return '';
  const all = counted(of.rows, 'row');
  if (!map.value) return all;
  const seen = rowsShown(of);
  return seen === of.rows ? `${all} shown` : `${count(seen)} of ${all} shown`;
}

function rowsShown(of: TableInfo): number {
  const hidden = map.value && cloudOf(map.value)?.hidden;
  if (!hidden || filters.value.length === 0) return of.rows;
  let seen = 0;
  for (const one of hidden) seen += 1 - one;
  return seen;
}

/** How many rows lie in the picture, where some lie outside. */
function Outside() {
  const of = table.value;
  const seen = inPicture.value;
  if (!of || !seen || seen.map !== map.value?.id || map.value.table !== of.id) return null;
  if (seen.rows >= rowsShown(of)) return null;
  return (
    <>
      , {count(seen.rows)} in the picture
      <button type="button" class="link" onClick={() => stage.value?.fit()}>
        Show all
      </button>
    </>
  );
}
