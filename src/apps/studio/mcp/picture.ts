import { InputError } from '../../../core/errors.ts';
import { integer } from '../../../method/options.ts';
import type { Camera } from '../../../view/camera.ts';
import type { Cloud, Palette } from '../../../view/cloud.ts';
import { fitted } from '../../../view/fit.ts';
import { categorical } from '../../../view/palettes/categorical.ts';
import { type Legend, shadedCategories, shadedNumbers } from '../../../view/palettes/legend.ts';
import { sequential } from '../../../view/palettes/ramps.ts';
import { drawn } from '../../../view/renderers/cpu/drawn.ts';
import { resolveParameters } from '../actions/parameters.ts';
import type { Answer, MapInfo, SessionInfo } from '../contract.ts';
import type { RemoteSession } from '../hosting/requests.ts';
import { pngOf } from './png.ts';

/** What a picture is asked for with. */
export const pictureParameters = {
  map: { kind: 'text', doc: 'Id of the map; left out, what the page shows, else the last map.' },
  color: { kind: 'text', doc: 'Field that colors the points; left out, that of the page.' },
  width: integer(800, 'Pixels across.', { min: 16, max: 4096 }),
  height: integer(600, 'Pixels upright.', { min: 16, max: 4096 }),
} as const;

export interface Picture {
  readonly png: Uint8Array;
  /** What the colors mean, and of what it is. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A map as a picture, drawn here as the page draws it. */
export async function pictureOf(
  session: RemoteSession,
  given: Readonly<Record<string, unknown>>,
): Promise<Picture> {
  const parameters = resolveParameters('picture', pictureParameters, given);
  const { width, height } = parameters;
  const info = (await session.ask({ ask: 'info' })).facts as unknown as SessionInfo;
  const map = wantedMap(info, parameters.map);
  const isShown = info.shown?.map === map.id;
  const color = parameters.color ?? (isShown ? info.shown?.color : undefined);
  const { arrays } = await called(session, 'coordinates', { map: map.id });
  const positions = arrays?.['points'].data as Float32Array;
  const count = positions.length / map.dims;
  const shaded = await shadesOf(session, map, color, count);
  const cloud: Cloud = { positions, dims: map.dims, shades: shaded.shades };
  const size = { width, height };
  const camera: Camera = (isShown && info.shown?.camera) || fitted(cloud, size, projectionOf(map));
  const settings = { pointSize: sizeOfPoints(count), opacity: 0.8 };
  const rgba = drawn(cloud, camera, size, settings, shaded.palette);
  const facts = {
    map: map.id,
    title: map.title,
    table: map.table,
    rows: count,
    color,
    legend: shaded.legend,
  };
  return { png: pngOf(rgba, width, height), facts };
}

function wantedMap({ maps, shown }: SessionInfo, id: string | undefined): MapInfo {
  const found =
    id === undefined
      ? (maps.find((map) => map.id === shown?.map) ?? maps.at(-1))
      : maps.find((map) => map.id === id);
  if (found) return found;
  const known = maps.map((map) => map.id).join(', ');
  throw new InputError(
    'picture',
    known === ''
      ? 'there is no map yet; make one with map first.'
      : `there is no map ${JSON.stringify(id)}; there are: ${known}.`,
  );
}

const projectionOf = ({ geometry, dims }: MapInfo) =>
  geometry === 'disk' && dims === 2 ? ('disk' as const) : undefined;

/** Small points where there are many. */
const sizeOfPoints = (count: number): number =>
  Math.min(8, Math.max(1, Math.round(400 / Math.sqrt(count))));

interface Shades {
  readonly shades: Uint8Array;
  readonly palette: Palette;
  /** Names of colors, or the ends of a ramp. */
  readonly legend?: unknown;
}

async function shadesOf(
  session: RemoteSession,
  { table }: MapInfo,
  color: string | undefined,
  count: number,
): Promise<Shades> {
  if (color === undefined) return { shades: new Uint8Array(count), palette: categorical('light') };
  const { facts, arrays } = await called(session, 'field', { table, field: color });
  if (arrays) {
    const { shades, legend } = shadedNumbers(arrays['values'].data as Float64Array);
    return { shades, palette: sequential('light'), legend: { range: legend.range } };
  }
  const { shades, legend } = shadedCategories(facts['texts'] as readonly string[]);
  const palette = categorical('light');
  return { shades, palette, legend: legendOf(legend, palette) };
}

function legendOf({ entries }: Extract<Legend, { kind: 'categories' }>, { colors }: Palette) {
  return entries.slice(0, 20).map(({ name, shade, count }) => ({
    name,
    count,
    color: `#${colors[shade].toString(16).padStart(6, '0')}`,
  }));
}

function called(
  session: RemoteSession,
  action: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  return session.ask({ ask: 'call', action, parameters });
}
