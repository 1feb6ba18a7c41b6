import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Cloud } from '../../../../view/cloud.ts';
import { defineTammesView, TammesView, type ViewEvents } from '../../../../view/element.ts';
import { centered } from '../../../../view/moves.ts';
import { labelsInView, type Named, seenIn, shortened } from '../../../../view/row-labels.ts';
import type { MapInfo } from '../../contract.ts';
import { coordinatesOf, labelsOf } from '../state/arrays.ts';
import { regionsIn } from '../state/regions.ts';
import { hovered, type Link, links, pin, pinned, reselect, ringed } from '../state/selection.ts';
import { session } from '../state/session.ts';
import { stage } from '../state/stage.ts';
import { tool } from '../state/ui.ts';
import {
  cloudOf,
  inPicture,
  linkedRows,
  paletteFor,
  placed,
  pointSize,
  projection,
  showsLabels,
  tableById,
  tier,
} from '../state/view.ts';

defineTammesView();

/** One map: the view of `src/view` with the page's state around it. */
export function MapView({ of, isFirst }: { readonly of: MapInfo; readonly isFirst: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const held = useRef<TammesView | undefined>(undefined);
  const shown = useRef(of);
  shown.current = of;
  const before = useRef<Float32Array | undefined>(undefined);
  /** Whether nearly all rows were seen when the camera came to rest. */
  const isAllSeen = useRef(true);

  useEffect(() => {
    const view = new TammesView();
    held.current = view;
    view.tabIndex = 0;
    listen(view, shown, isFirst);
    host.current?.append(view);
    if (isFirst) stage.value = stageOf(view);
    return () => {
      view.remove();
      // The view that takes its place may be there already.
      if (stage.value?.element === view) stage.value = undefined;
    };
  }, [isFirst]);

  useSignalEffect(() => {
    const view = held.current;
    const map = shown.current;
    const cloud = cloudOf(map);
    if (!view) return;
    const owner = tableById(map.table);
    view.palette = paletteFor(owner);
    if (cloud) {
      const isOther = view.dataset['map'] !== map.id;
      const positions = coordinatesOf(map.id)?.positions;
      // Where all was seen, all is seen when a step has moved the rows.
      const hasMoved = !isOther && !areSame(positions, before.current) && isAllSeen.current;
      before.current = positions;
      view.cloud = withQuery(cloud, map);
      if (isOther || hasMoved) {
        view.fit(FIRST_SHOWN);
        isAllSeen.current = true;
      }
      if (isOther) {
        faceRows(view, cloud);
      }
      view.dataset['map'] = map.id;
    }
  });
  useSignalEffect(() => {
    if (shown.current.geometry === 'disk') held.current?.project('disk');
    else if (shown.current.dims === 3) held.current?.project(projection.value);
  });
  useSignalEffect(() => {
    const view = held.current;
    if (view) view.settings = pointSize.value > 0 ? { pointSize: pointSize.value } : {};
  });
  useSignalEffect(() => {
    const view = held.current;
    if (view) view.mode = tool.value;
  });
  useSignalEffect(() => {
    const view = held.current;
    const map = shown.current;
    if (!view) return;
    const rings = [ringed.value, pinned.value && { ...pinned.value, rows: [pinned.value.row] }];
    const query = placed.value?.map === map.id ? [tableById(map.table)?.rows ?? 0] : [];
    view.marks = [
      ...query,
      ...rings.flatMap((one) => (one ? [...linkedRows(one.table, map.table, one.rows)] : [])),
    ];
    const drawn = links.value?.table === map.table ? links.value.links : [];
    const ends = (all: readonly Link[]) => all.flatMap(({ from, to }) => [from, to]);
    view.links = ends(drawn.filter(({ tone }) => tone !== 'false'));
    view.dashedLinks = ends(drawn.filter(({ tone }) => tone === 'false'));
    const over = hovered.value;
    view.hovered = over ? ([...linkedRows(over.table, map.table, [over.row])][0] ?? -1) : -1;
  });
  useSignalEffect(() => {
    const view = held.current;
    const map = shown.current;
    const named = namesOf(map);
    // Rows that a step has moved are looked at anew.
    coordinatesOf(map.id);
    if (!view) return;
    const relabel = () => {
      const seen = seenIn(view);
      if (!seen) return 0;
      view.labels = labelsInView(seen, named);
      if (isFirst) inPicture.value = { map: map.id, rows: seen.inPicture };
      return seen.inPicture;
    };
    relabel();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (event?: Event) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const seen = relabel();
        const rows = tableById(map.table)?.rows ?? 0;
        if (event) isAllSeen.current = seen >= ALMOST_ALL * rows;
      }, SETTLED);
    };
    later();
    view.addEventListener('camera', later);
    return () => {
      clearTimeout(timer);
      view.removeEventListener('camera', later);
    };
  });
  return <div class="map-view" ref={host} />;
}

function areSame(a: Float32Array | undefined, b: Float32Array | undefined): boolean {
  return !a || !b || a === b || (a.length === b.length && a.every((x, i) => Object.is(x, b[i])));
}

const ALMOST_ALL = 0.98;

/** Where most rows of a sphere lie on one side, that side is turned to the reader. */
function faceRows(view: TammesView, { positions, dims }: Cloud): void {
  if (dims !== 3 || !view.camera) return;
  const mean = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < positions.length; i += 3) {
    if (!Number.isFinite(positions[i])) continue;
    for (let c = 0; c < 3; c++) mean[c] += positions[i + c];
    count++;
  }
  const length = Math.hypot(...mean);
  if (length < ONE_SIDED * count) return;
  view.camera = centered(
    view.camera,
    mean.map((x) => x / length),
  );
}

/** The length of the mean direction from which on rows lie on one side. */
const ONE_SIDED = 0.15;

/** The cloud with the query that was placed in it as one more point, which is no row. */
function withQuery(cloud: Cloud, map: MapInfo): Cloud {
  const query = placed.value;
  if (query?.map !== map.id || query.point.length !== cloud.dims) return cloud;
  const n = cloud.shades.length;
  const longer = (bytes: Uint8Array | undefined, last: number) => {
    if (!bytes) return undefined;
    const all = new Uint8Array(n + 1);
    all.set(bytes);
    all[n] = last;
    return all;
  };
  const positions = new Float32Array(cloud.positions.length + cloud.dims);
  positions.set(cloud.positions);
  positions.set(query.point, cloud.positions.length);
  return {
    ...cloud,
    positions,
    shades: longer(cloud.shades, 0) ?? cloud.shades,
    hidden: longer(cloud.hidden, 0),
    selected: longer(cloud.selected, 1),
  };
}

/** What rows and regions are called, where the reader wants to see it; the same while points move. */
function namesOf(map: MapInfo): Named {
  const owner = tableById(map.table);
  if (!showsLabels.value || !owner) return { rows: [], regions: [] };
  const query = placed.value;
  const own =
    query?.map === map.id ? [{ row: owner.rows, text: query.text, weight: Infinity }] : [];
  const rows = owner.hasLabels ? (labelsOf(map.table) ?? []) : [];
  const asked = [pinned.value && { ...pinned.value, rows: [pinned.value.row] }, ringed.value];
  const marked = asked
    .flatMap((one) => (one?.table === map.table ? one.rows.slice(0, MOST_MARKED) : []))
    .flatMap((row, i) =>
      rows[row] ? [{ row, text: shortened(rows[row]), weight: Number.MAX_VALUE / (i + 2) }] : [],
    );
  return { rows, regions: [...own, ...marked, ...regionsIn(map, owner)] };
}

/** The share of the rows that a map shows at first, where the others lie far off. */
const FIRST_SHOWN = 0.99;

/** So many rows that are ringed are called by name. */
const MOST_MARKED = 30;

/** Labels are chosen anew when the camera has rested so many milliseconds. */
const SETTLED = 120;

function listen(view: TammesView, shown: { readonly current: MapInfo }, isFirst: boolean): void {
  const on = <K extends keyof ViewEvents>(name: K, listener: (detail: ViewEvents[K]) => void) =>
    view.addEventListener(name, (event) => listener((event as CustomEvent<ViewEvents[K]>).detail));
  const table = () => shown.current.table;
  // A query that was placed is a point, but no row.
  const isRow = (row: number) => row >= 0 && row < (tableById(table())?.rows ?? 0);
  on('hover', ({ row }) => {
    hovered.value = isRow(row) ? { table: table(), row } : undefined;
  });
  on('pick', ({ row, change }) => {
    if (!isRow(row)) return;
    pin(table(), row);
    if (change !== 'replace') reselect(table(), [row], change, 'clicks');
  });
  on('lasso', ({ rows, change }) => {
    reselect(table(), rows.filter(isRow), change, tool.value === 'box' ? 'box' : 'lasso');
    tool.value = 'move';
  });
  on('mode', ({ mode }) => {
    tool.value = mode;
  });
  if (!isFirst) return;
  on('ready', ({ tier: name, about }) => {
    tier.value = { tier: name, about };
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  on('camera', ({ camera }) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      void session()
        .show({ map: shown.current.id, camera })
        .catch(() => undefined);
    }, SHOWN);
  });
}

/** The session is told what is shown when it has not changed for so many milliseconds. */
const SHOWN = 500;

function stageOf(view: TammesView) {
  return {
    fit: () => view.fit(),
    center: (row: number) => view.center(row),
    picture: () => view.picture(),
    svg: () => view.svg(),
    element: view,
  };
}
