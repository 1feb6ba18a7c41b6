import { stripChart } from '../../../report/charts/index.ts';
import { count, fixed, significant } from '../../../report/format.ts';
import type { TableInfo } from '../../contract.ts';
import { labelsOf, valuesOf } from '../state/arrays.ts';
import { axisFacts, type Direction } from '../state/axes.ts';
import { evenly, sortedRows } from '../state/evenly.ts';
import { shortened } from '../state/labels.ts';
import { select } from '../state/selection.ts';
import { colorBy, colorField } from '../state/view.ts';
import { Chart } from './chart.tsx';
import { IntervalBar } from './interval.tsx';

/** Rows of the chart, and of an end that is selected. */
const [DRAWN, MOST_AT_END] = [17, 50];
const WIDTH = 360;

/** How sure a direction is, and rows along it. */
export function AxisShown({
  of,
  direction,
}: {
  readonly of: TableInfo;
  readonly direction: Direction;
}) {
  const { name, axis, along, band } = direction;
  const isColored = along !== undefined && colorField(of) === along;
  const isBand = band !== undefined && colorField(of) === band;
  return (
    <>
      <Order of={of.id} axis={axis} />
      <p class="buttons">
        {along !== undefined && (
          <button
            type="button"
            aria-pressed={isColored}
            onClick={() => colorBy(of.id, isColored ? undefined : along)}
          >
            Color by it
          </button>
        )}
        {band !== undefined && (
          <button
            type="button"
            aria-pressed={isBand}
            title="How wide the band of each row is: where the direction is least sure"
            onClick={() => colorBy(of.id, isBand ? undefined : band)}
          >
            Color by its band
          </button>
        )}
        {along !== undefined && <EndButtons of={of} name={name} along={along} />}
      </p>
      {along === undefined ? (
        <p class="small">
          The vectors have changed since it was fitted; fit it again to see where rows lie now. A
          map of it can still be made.
        </p>
      ) : (
        <Strip of={of} direction={direction} along={along} />
      )}
    </>
  );
}

/** How well rows that it was not fitted to are ordered, beside chance and beside a curved model. */
function Order({ of, axis }: { readonly of: string; readonly axis: string }) {
  const facts = axisFacts(of, axis);
  if (!facts) return null;
  const { spearman, null: chance, ceiling, heldOut, warnings } = facts;
  return (
    <>
      {spearman && (
        <dl class="numbers">
          <div title="Spearman’s rank correlation of rows that the axis was not fitted to">
            <dt>Rank correlation</dt>
            <dd>
              <IntervalBar
                of={{ ...spearman, ...(chance !== null && { null: { value: chance } }) }}
                domain={[Math.min(0, spearman.low), 1]}
              />
              <b>{fixed(spearman.value, 2)}</b>
            </dd>
            <small>
              {fixed(spearman.low, 2)} to {fixed(spearman.high, 2)} on rows held out
              {chance !== null && `; 95 of 100 random directions stay below ${fixed(chance, 2)}`}
              {typeof ceiling === 'number' && `, a curved model reaches ${fixed(ceiling, 2)}`}
              {heldOut && ` (${count(heldOut.rows)} rows, ${heldOut.folds} parts)`}
            </small>
          </div>
        </dl>
      )}
      {warnings.map((warning) => (
        <p class="small" key={warning}>
          {warning}
        </p>
      ))}
    </>
  );
}

/** Rows evenly by their order, each in the band of its place. */
function Strip({
  of,
  direction: { name, axis, place, band },
  along,
}: {
  readonly of: TableInfo;
  readonly direction: Direction;
  readonly along: string;
}) {
  const places = valuesOf(of.id, along)?.numbers;
  const halves = band === undefined ? undefined : valuesOf(of.id, band)?.numbers;
  if (!places || (band !== undefined && !halves)) return <p class="empty">Looking …</p>;
  const labels = labelsOf(of.id) ?? [];
  const sorted = sortedRows(places);
  if (sorted.length === 0) return <p class="empty">No row has a place along it.</p>;
  const rows = evenly(sorted, DRAWN).map((row) => ({
    name: shortened(labels[row] || `row ${row}`, 24),
    value: places[row],
    low: halves ? places[row] - halves[row] : null,
    high: halves ? places[row] + halves[row] : null,
  }));
  const degrees = axisFacts(of.id, axis)?.directions[place]?.bandDegrees;
  const sure = halves
    ? `Bands hold 95 of 100 draws of the direction${typeof degrees === 'number' ? `, which lie within ${significant(degrees, 2)}° of it` : ''}.`
    : 'The direction is given, not estimated: it has no band.';
  const reading = `${rows.length} of ${count(sorted.length)} rows, evenly by their order. ${sure}`;
  const svg = stripChart({
    id: 'axis-strip',
    width: WIDTH,
    title: `Rows along ${name}`,
    description: reading,
    rows,
    xTitle: 'projection',
  });
  return (
    <>
      <Chart svg={svg} />
      <p class="small">{reading}</p>
    </>
  );
}

function EndButtons({
  of,
  name,
  along,
}: {
  readonly of: TableInfo;
  readonly name: string;
  readonly along: string;
}) {
  const takeEnd = (end: 'highest' | 'lowest') => {
    const places = valuesOf(of.id, along)?.numbers;
    if (!places) return;
    const sorted = sortedRows(places);
    const taken = Math.min(MOST_AT_END, Math.ceil(sorted.length / 10));
    const rows = end === 'highest' ? sorted.slice(0, taken) : sorted.slice(-taken);
    select(of.id, rows, { how: `${end} along ${name}` });
  };
  return (
    <>
      <button type="button" onClick={() => takeEnd('highest')}>
        Select the highest
      </button>
      <button type="button" onClick={() => takeEnd('lowest')}>
        Select the lowest
      </button>
    </>
  );
}
