import { escaped } from '../../../core/text.ts';
import { FONT_SIZE, theme } from './theme.ts';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A coordinate with two decimals at most, without a minus before zero. */
export function coordinate(value: number): string {
  const text = value.toFixed(2).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}

/** One element; values are escaped, children are markup already. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  let head = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === '') continue;
    head += ` ${key}="${typeof value === 'number' ? coordinate(value) : escaped(value)}"`;
  }
  return children.length === 0 ? `${head}/>` : `${head}>${children.join('')}</${name}>`;
}

export interface TextStyle {
  readonly color?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: number;
  readonly size?: number;
  /** Draws a rim in the colour of the paper, so that the text stays readable over lines. */
  readonly rim?: boolean;
}

/** Text at (x, y); the text is escaped. */
export function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const rules = [`fill:${style.color ?? theme.ink}`];
  if (style.weight) rules.push(`font-weight:${style.weight}`);
  if (style.size) rules.push(`font-size:${style.size}px`);
  if (style.rim) {
    rules.push(`stroke:${theme.paper}`, 'stroke-width:3.5px', 'stroke-linejoin:round');
    rules.push('paint-order:stroke');
  }
  const anchor = style.anchor === 'start' ? undefined : style.anchor;
  return element('text', { x, y, 'text-anchor': anchor, style: rules.join(';') }, escaped(content));
}

export interface Picture {
  /** Unique in its page; also the stem of the ids of title and description. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What a reader who cannot see the picture needs to know. */
  readonly description: string;
}

/** A whole drawing that scales with its container and stands alone as a file. */
export function picture(about: Picture, ...children: string[]): string {
  const { id, width, height, title, description } = about;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      id,
      viewBox: `0 0 ${coordinate(width)} ${coordinate(height)}`,
      width: coordinate(width),
      height: coordinate(height),
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      style: `font-family:${theme.font};font-size:${FONT_SIZE}px;font-variant-numeric:tabular-nums`,
    },
    element('title', { id: `${id}-title` }, escaped(title)),
    element('desc', { id: `${id}-description` }, escaped(description)),
    ...children,
  );
}

/** Path data through the points; breaks where a coordinate is not finite. */
export function pathThrough(points: Iterable<readonly [number, number]>): string {
  let path = '';
  let pen = false;
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      pen = false;
      continue;
    }
    path += `${pen ? 'L' : 'M'}${coordinate(x)} ${coordinate(y)}`;
    pen = true;
  }
  return path;
}
