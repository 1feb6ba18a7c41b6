import { count, percent } from '../../../report/format.ts';
import { filters } from '../state/filters.ts';
import { deselect, selection } from '../state/selection.ts';
import { jobs } from '../state/session.ts';
import { cloudOf, map, table } from '../state/view.ts';

/** What is seen, what is selected, and what runs, with a way to stop it. */
export function StatusLine() {
  const shown = table.value;
  return (
    <footer class="status">
      <p>{shown ? seenInWords() : 'No file is open'}</p>
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
  const all = `${count(of.rows)} rows`;
  if (!map.value) return all;
  const hidden = cloudOf(map.value)?.hidden;
  if (!hidden || filters.value.length === 0) return `${all} shown`;
  let seen = 0;
  for (const one of hidden) seen += 1 - one;
  return `${count(seen)} of ${all} shown`;
}
