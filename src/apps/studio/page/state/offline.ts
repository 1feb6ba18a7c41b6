import { escaped } from '../../../../core/text.ts';
import { scriptJson } from '../../../report/escape.ts';
import { labelsOf } from './arrays.ts';
import type { Region } from './labels.ts';
import { regionsIn } from './regions.ts';
import {
  cloudOf,
  colorField,
  coloring,
  map,
  paletteFor,
  projection,
  shortName,
  showsLabels,
  tableById,
} from './view.ts';

/** Where the build puts the script of such a page. */
const SCRIPT = 'offline.js';

/** What the page holds; arrays are base64, since a page may not fetch files that lie beside it. */
export interface OfflineData {
  readonly title: string;
  readonly about: string;
  readonly dims: 2 | 3;
  readonly projection: string;
  readonly positions: string;
  readonly shades: string;
  readonly colors: readonly number[];
  readonly background: number;
  readonly labels: readonly string[];
  readonly regions: readonly Region[];
  readonly colorTitle: string;
  readonly legend: unknown;
}

/** The map that is shown as one HTML file that opens without a network or a server. */
export async function offlinePage(): Promise<string> {
  const shown = map.value;
  const owner = tableById(shown?.table);
  const cloud = shown && cloudOf(shown);
  if (!shown || !owner || !cloud) throw new Error('There is no map to make a page of.');
  const script = await (await fetch(SCRIPT)).text();
  const { legend, shades } = coloring(owner);
  const palette = paletteFor(owner);
  const field = owner.fields.find(({ id }) => id === colorField(owner));
  const data: OfflineData = {
    title: `${shortName(owner.name)}: ${shown.title}`,
    about: `${owner.rows.toLocaleString('en')} rows of ${owner.columns} numbers.`,
    dims: cloud.dims,
    projection: shown.geometry === 'disk' ? 'disk' : cloud.dims === 3 ? projection.value : 'plane',
    positions: base64(cloud.positions),
    shades: base64(shades),
    colors: [...palette.colors],
    background: palette.background,
    labels: owner.hasLabels ? (labelsOf(owner.id) ?? []) : [],
    regions: showsLabels.value ? regionsIn(shown, owner) : [],
    colorTitle: field?.title ?? '',
    legend,
  };
  return pageOf(data, script);
}

function pageOf(data: OfflineData, script: string): string {
  const isDark = data.background < 0x808080;
  const [paper, ink, muted, line] = isDark
    ? ['#15171b', '#e9e7e2', '#a4a29b', '#31343b']
    : ['#ffffff', '#1b1b1a', '#62625d', '#e4e3de'];

  const json = scriptJson(data);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(data.title)}</title>
<style>
:root { color-scheme: ${isDark ? 'dark' : 'light'}; }
body { margin: 0; height: 100vh; display: grid; grid-template: auto 1fr / 1fr 220px; background: ${paper}; color: ${ink};
  font: 13px/1.45 -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif; }
header { grid-column: 1 / -1; display: flex; gap: 14px; align-items: baseline; padding: 10px 16px; border-bottom: 1px solid ${line}; }
h1 { font: 600 18px Charter, Georgia, 'Liberation Serif', serif; margin: 0; }
header p, small { color: ${muted}; margin: 0; }
input { margin-left: auto; width: 240px; font: inherit; color: inherit; background: none; border: 1px solid ${line}; border-radius: 5px; padding: 4px 8px; }
#map { position: relative; min-width: 0; } tammes-view { position: absolute; inset: 0; }
aside { border-left: 1px solid ${line}; padding: 12px 14px; overflow: auto; }
h2 { font-size: inherit; margin: 0 0 6px; } ul { list-style: none; margin: 0; padding: 0; }
li { display: flex; gap: 8px; align-items: baseline; } li span { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
i { width: 10px; height: 10px; border-radius: 50%; flex: none; } .ramp { height: 8px; margin: 4px 0; } .ends { display: flex; justify-content: space-between; color: ${muted}; }
#card { position: absolute; display: none; max-width: 280px; padding: 6px 10px; border: 1px solid ${line}; border-radius: 6px; background: ${paper}; pointer-events: none; overflow-wrap: anywhere; }
</style>
</head>
<body>
<header><h1>${escaped(data.title)}</h1><p>${escaped(data.about)}</p><input type="search" placeholder="Find a label" aria-label="Find a label"></header>
<div id="map"></div>
<aside></aside>
<script type="application/json" id="data">${json}</script>
<script>${script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`;
}

function base64(values: Float32Array | Uint8Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const parts: string[] = [];
  // Arguments of a call have a limit, so the text is made in pieces.
  for (let at = 0; at < bytes.length; at += 0x8000)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
}
