import { escaped } from '../../core/text.ts';
import type { CloudFigure } from './cloud/contract.ts';
import { cloudFigureHtml, cloudScript } from './cloud/figure.ts';
import { type Figure, figureHtml } from './figures.ts';
import { PLAIN_SCRIPT, POINTS_SCRIPT } from './generated/scripts.ts';
import { STYLE } from './style.ts';

/** Numbers figures and tables in the order in which they come. */
export interface Numbering {
  figure(figure: Figure | undefined): string;
  /** A figure of points; its data must be given to the page. */
  points(figure: CloudFigure): string;
  /** A table's caption: its number and an escaped sentence. */
  caption(reading: string): string;
}

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  /** Names and versions of what made it. */
  readonly generator: string;
  /** Sections; empty ones are left out. */
  readonly body: readonly string[];
  /** The figures of points that are among the sections. */
  readonly clouds?: readonly CloudFigure[];
}

/** One HTML page that opens from a file and loads nothing; the same parts give the same bytes. */
export function pageHtml({ title, generator, body, clouds = [] }: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="generator" content="${escaped(generator)}">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
${clouds.length > 0 ? SCRIPTED : ''}<style>${STYLE}</style>
</head>
<body>
<main>
${body.filter((part) => part !== '').join('\n')}
</main>
${cloudScript(clouds)}<script>${clouds.length > 0 ? POINTS_SCRIPT : PLAIN_SCRIPT}</script>
</body>
</html>
`;
}

// Before anything is seen: the pictures of points stand where no script runs, and on paper.
const SCRIPTED = "<script>document.documentElement.classList.add('scripted')</script>\n";

// Even a defect in the page could not load or send anything.
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export function numbering(): Numbering {
  let figures = 0;
  let tables = 0;
  const nextFigure = () => {
    figures += 1;
    return figures;
  };
  return {
    figure: (figure) => (figure ? figureHtml(figure, nextFigure()) : ''),
    points: (figure) => cloudFigureHtml(figure, nextFigure()),
    caption: (reading) => {
      tables += 1;
      return `<b>Table ${tables}.</b> ${escaped(reading)}`;
    },
  };
}

export function section(title: string, content: string): string {
  return content === '' ? '' : `<section><h2>${escaped(title)}</h2>${content}</section>`;
}

/** Figures side by side; nothing where there are none. */
export function pair(...figures: readonly string[]): string {
  const shown = figures.filter((figure) => figure !== '');
  return shown.length === 0 ? '' : `<div class="figures">${shown.join('\n')}</div>`;
}

export function versionsText(versions: Readonly<Record<string, string>>): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
