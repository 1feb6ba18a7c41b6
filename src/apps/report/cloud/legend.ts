import { escaped } from '../../../core/text.ts';
import { categorical } from '../../../view/palettes/categorical.ts';
import { NO_SHADE } from '../../../view/palettes/palette.ts';
import { count } from '../format.ts';
import type { CloudFigure, CloudMark } from './contract.ts';
import { colored, shadedClasses } from './shaded-classes.ts';

/** What colors and marks mean; each is a button that shows its rows alone, or hides its marks. */
export function legendHtml({ labels, classes, marks = [] }: CloudFigure): string {
  const { entries } = shadedClasses(labels.length, classes);
  const own = colored(entries);
  const rest = entries.slice(own.length);
  const items =
    own.length > 1 || rest.length > 0
      ? own.map(({ name, count: rows, shade }) =>
          item({
            name: shortened(name),
            rows,
            attribute: `data-shade="${shade}"`,
            glyph: dot(shade),
          }),
        )
      : [];
  const unclassed = labels.length - entries.reduce((sum, entry) => sum + entry.count, 0);
  if (classes && rest.length + unclassed > 0) {
    const rows = rest.reduce((sum, entry) => sum + entry.count, unclassed);
    const name = restName(
      rest.map((entry) => entry.name),
      unclassed,
    );
    items.push(item({ name, rows, attribute: `data-shade="${NO_SHADE}"`, glyph: dot(NO_SHADE) }));
  }
  items.push(...marks.map(markItem));
  return items.length === 0 ? '' : `<ul class="legend">${items.join('')}</ul>`;
}

function restName(names: readonly string[], unclassed: number): string {
  if (names.length === 0) return 'no class';
  return names.length === 1 && unclassed === 0
    ? shortened(names[0])
    : `${count(names.length)} others`;
}

function markItem({ shape, label, rows }: CloudMark, at: number): string {
  const glyph = `<i class="${shape}"></i>`;
  return item({
    name: label,
    rows: rows.length,
    attribute: `data-mark="${at}"`,
    glyph,
    isOn: true,
  });
}

interface Item {
  readonly name: string;
  readonly rows: number;
  readonly attribute: string;
  readonly glyph: string;
  readonly isOn?: boolean;
}

function item({ name, rows, attribute, glyph, isOn = false }: Item): string {
  return `<li><button type="button" ${attribute} aria-pressed="${isOn}">${glyph}<bdi>${escaped(name)}</bdi><small>${count(rows)}</small></button></li>`;
}

/** In the color of the shade, on light ground and on dark. */
function dot(shade: number): string {
  const [light, dark] = (['light', 'dark'] as const).map((ground) => {
    return categorical(ground).colors[shade].toString(16).padStart(6, '0');
  });
  return `<i class="dot" style="--light:#${light};--dark:#${dark}"></i>`;
}

function shortened(name: string): string {
  const characters = Array.from(name);
  return characters.length > 24 ? `${characters.slice(0, 23).join('')}…` : name;
}
