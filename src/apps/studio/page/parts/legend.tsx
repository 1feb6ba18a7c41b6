import { useRef } from 'preact/hooks';
import { counted } from '../../../../core/text.ts';
import { count, significant } from '../../../report/format.ts';
import type { TableInfo } from '../../contract.ts';
import type { Legend } from '../state/colors.ts';
import { filterOf, setFilter, showOnly, toggleCategory } from '../state/filters.ts';
import { cssOf } from '../state/palette.ts';
import { colorField, coloring, paletteFor } from '../state/view.ts';

/** What the colors mean; categories are switched off and on, a ramp is brushed. */
export function LegendBox({ of }: { readonly of: TableInfo }) {
  const { legend } = coloring(of);
  const field = colorField(of);
  if (legend.kind === 'plain' || field === undefined) return null;
  if (legend.kind === 'categories')
    return <Categories of={of} field={field} legend={legend} key={field} />;
  return <Ramp of={of} field={field} legend={legend} key={field} />;
}

function Categories({
  of,
  field,
  legend,
}: {
  readonly of: TableInfo;
  readonly field: string;
  readonly legend: Extract<Legend, { kind: 'categories' }>;
}) {
  const filter = filterOf(of.id, field);
  const hidden = filter?.kind === 'without' ? filter.names : [];
  const palette = paletteFor(of);
  const all = of.fields.find(({ id }) => id === field)?.categories ?? legend.entries;
  return (
    <>
      <ul class="legend">
        {legend.entries.map(({ name, count: rows, shade }) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={!hidden.includes(name)}
              title={`Hide or show ${name}; with Shift, show it alone`}
              onClick={(event) => {
                if (event.shiftKey)
                  showOnly(
                    of.id,
                    field,
                    name,
                    all.map((one) => one.name),
                  );
                else toggleCategory(of.id, field, name);
              }}
            >
              <i style={hidden.includes(name) ? {} : { background: cssOf(palette, shade) }} />
              <span>{name}</span>
              <small>{count(rows)}</small>
            </button>
          </li>
        ))}
        {legend.others > 0 && (
          <li class="rest">
            <i style={{ background: cssOf(palette, 0) }} />
            <span>others</span>
            <small>{count(legend.others)}</small>
          </li>
        )}
      </ul>
      {hidden.length > 0 && (
        <button type="button" class="link" onClick={() => setFilter(of.id, field, undefined)}>
          Show all
        </button>
      )}
    </>
  );
}

const WIDTH = 200;
const HEIGHT = 34;

function Ramp({
  of,
  field,
  legend,
}: {
  readonly of: TableInfo;
  readonly field: string;
  readonly legend: Extract<Legend, { kind: 'ramp' }>;
}) {
  const { low, high, bins, missing } = legend;
  const svg = useRef<SVGSVGElement>(null);
  const start = useRef<number | undefined>(undefined);
  const palette = paletteFor(of);
  const filter = filterOf(of.id, field);
  const range = filter?.kind === 'range' ? filter : undefined;
  const at = (value: number) =>
    Math.min(WIDTH, Math.max(0, ((value - low) / (high - low || 1)) * WIDTH));
  const valueAt = (event: PointerEvent) => {
    const box = svg.current?.getBoundingClientRect();
    const share = box ? (event.clientX - box.left) / box.width : 0;
    return low + Math.min(1, Math.max(0, share)) * (high - low);
  };
  // The ends of the ramp stand for all that lies beyond.
  const brush = (a: number, b: number) => {
    const [from, to] = a < b ? [a, b] : [b, a];
    const isAll = to - from < (high - low) / 200;
    setFilter(
      of.id,
      field,
      isAll
        ? undefined
        : {
            kind: 'range',
            table: of.id,
            field,
            low: from <= low ? -Infinity : from,
            high: to >= high ? Infinity : to,
          },
    );
  };
  const most = Math.max(...bins, 1);
  const step = WIDTH / bins.length;
  return (
    <div class="ramp">
      <svg
        ref={svg}
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 10}`}
        role="img"
        aria-label="Values and their colors; drag to show a range alone"
        onPointerDown={(event) => {
          start.current = valueAt(event);
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (start.current !== undefined) brush(start.current, valueAt(event));
        }}
        onPointerUp={(event) => {
          if (start.current !== undefined) brush(start.current, valueAt(event));
          start.current = undefined;
        }}
      >
        {bins.map((rows, i) => {
          const height = rows > 0 ? Math.max(1, (rows / most) * HEIGHT) : 0;
          const shade = 1 + Math.round((i / (bins.length - 1)) * 253);
          return (
            <g key={`${i * step}`} fill={cssOf(palette, shade)}>
              <rect x={i * step} y={HEIGHT - height} width={step - 0.6} height={height} />
              <rect x={i * step} y={HEIGHT + 3} width={step + 0.2} height={6} />
            </g>
          );
        })}
        {range && (
          <rect
            class="brush"
            x={at(range.low)}
            y={0}
            width={Math.max(1, at(range.high) - at(range.low))}
            height={HEIGHT + 9}
          />
        )}
      </svg>
      <p class="ends">
        <span>{significant(low)}</span>
        <span>{significant(high)}</span>
      </p>
      {missing > 0 && <small>{counted(missing, 'row has', 'rows have')} no value</small>}
      {range && (
        <button type="button" class="link" onClick={() => setFilter(of.id, field, undefined)}>
          Show all
        </button>
      )}
    </div>
  );
}
