import { counted } from '../../../../core/text.ts';
import { significant } from '../../../report/format.ts';
import type { TableInfo } from '../../contract.ts';
import type { MeasuredNumber } from '../state/measured.ts';
import { select } from '../state/selection.ts';
import { colorBy, colorField } from '../state/view.ts';
import { IntervalBar } from './interval.tsx';

/** A number, its interval beside chance, and what it says; a click colors the map by it, or selects its rows. */
export function NumberLine({
  of,
  number,
}: {
  readonly of: TableInfo;
  readonly number: MeasuredNumber;
}) {
  const { title, summary, value, low, high, reading, rows = [], fields, unit } = number;
  const [field] = fields;
  const isColored = field !== undefined && colorField(of) === field;
  const click = () => {
    if (field !== undefined) colorBy(of.id, isColored ? undefined : field);
    else if (rows.length > 0) select(of.id, rows, { how: title });
  };
  const does =
    field !== undefined
      ? 'Click to color the map by it.'
      : rows.length > 0
        ? `Click to select its ${counted(rows.length, 'row')}.`
        : '';
  return (
    <button
      type="button"
      class="number"
      aria-pressed={isColored}
      disabled={does === ''}
      title={`${summary} ${does}`}
      onClick={click}
    >
      <span class="line">
        <span>{title}</span>
        {value !== null && (
          <IntervalBar
            of={{
              value,
              low: low ?? undefined,
              high: high ?? undefined,
              null: number.null ?? undefined,
            }}
          />
        )}
        <b>
          {value === null ? '–' : significant(value)}
          {unit && unit.length <= 2 ? ` ${unit}` : ''}
        </b>
      </span>
      <span class="reading">{reading}</span>
    </button>
  );
}
