/** What is inside of the element, of which only the points themselves are drawn on a canvas. */
export interface Parts {
  canvas: HTMLCanvasElement;
  readonly overlay: SVGSVGElement;
  readonly live: HTMLElement;
}

const STYLE = `
:host { display: block; position: relative; overflow: hidden; min-width: 1px; min-height: 1px; outline: none; }
:host([hidden]) { display: none; }
canvas, svg { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
svg { pointer-events: none; }
:host(:focus-visible)::after { content: ''; position: absolute; inset: 0; border: 2px solid Highlight; pointer-events: none; }
.live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }`;

export function partsOf(host: HTMLElement): Parts {
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const canvas = document.createElement('canvas');
  const overlay = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  overlay.setAttribute('aria-hidden', 'true');
  const live = document.createElement('div');
  live.className = 'live';
  live.setAttribute('role', 'status');
  live.setAttribute('aria-live', 'polite');
  root.append(canvas, overlay, live);
  return { canvas, overlay, live };
}

/** What a page set before the element was defined lies over its accessors. */
export function takeEarly<T extends HTMLElement>(view: T, prototype: T): void {
  for (const name of Object.keys(view) as (keyof T)[]) {
    if (!(name in prototype)) continue;
    const value = view[name];
    delete view[name];
    view[name] = value;
  }
}
