// The script of an exported page: the view of the studio over data that lie in the page itself.
import { defineTammesView, TammesView, type ViewEvents } from '../../../view/element.ts';
import { significant } from '../../report/format.ts';
import type { Legend } from './state/colors.ts';
import { labelsInView, seenIn } from './state/labels.ts';
import type { OfflineData } from './state/offline.ts';

const data = JSON.parse(document.getElementById('data')?.textContent ?? '{}') as OfflineData;
const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

defineTammesView();
const view = new TammesView();
const host = document.getElementById('map');
const card = document.createElement('div');
card.id = 'card';
view.palette = { colors: Uint32Array.from(data.colors), background: data.background };
view.cloud = {
  positions: new Float32Array(bytesOf(data.positions).buffer),
  dims: data.dims,
  shades: bytesOf(data.shades),
};
view.describe = nameOf;
host?.append(view, card);
if (data.projection !== 'plane') view.project(data.projection as 'globe');

function nameOf(row: number): string {
  return data.labels[row] || `Row ${row}`;
}

function on<K extends keyof ViewEvents>(name: K, listener: (detail: ViewEvents[K]) => void): void {
  view.addEventListener(name, (event) => listener((event as CustomEvent<ViewEvents[K]>).detail));
}

on('hover', ({ row, x, y }) => {
  card.style.display = row < 0 ? 'none' : 'block';
  card.style.left = `${Math.min(x + 14, view.clientWidth - 200)}px`;
  card.style.top = `${y + 14}px`;
  if (row >= 0) card.textContent = nameOf(row);
});

let timer: ReturnType<typeof setTimeout> | undefined;
function relabel(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const seen = seenIn(view);
    if (seen) view.labels = labelsInView(seen, { rows: data.labels, regions: data.regions });
  }, 120);
}
on('camera', relabel);
on('ready', relabel);

document.querySelector('input')?.addEventListener('input', (event) => {
  const words = (event.currentTarget as HTMLInputElement).value.trim().toLowerCase();
  const rows = words
    ? data.labels.flatMap((label, row) => (label.toLowerCase().includes(words) ? [row] : []))
    : [];
  view.marks = rows.slice(0, 500);
});

showLegend(data.legend as Legend);

function showLegend(legend: Legend): void {
  const aside = document.querySelector('aside');
  if (!aside) return;
  const css = (shade: number) => `#${data.colors[shade].toString(16).padStart(6, '0')}`;
  const title = document.createElement('h2');
  title.textContent = data.colorTitle;
  if (legend.kind === 'categories') {
    const list = document.createElement('ul');
    for (const { name, count, shade } of legend.entries) {
      const [item, dot, text, size] = ['li', 'i', 'span', 'small'].map((tag) =>
        document.createElement(tag),
      );
      dot.style.background = css(shade);
      text.textContent = name;
      size.textContent = count.toLocaleString('en');
      item.append(dot, text, size);
      list.append(item);
    }
    aside.append(title, list);
  }
  if (legend.kind === 'ramp') {
    const ramp = document.createElement('div');
    ramp.className = 'ramp';
    const stops = [1, 64, 127, 190, 254].map(css);
    ramp.style.background = `linear-gradient(90deg, ${stops.join(',')})`;
    const ends = document.createElement('div');
    ends.className = 'ends';
    ends.innerHTML = '<span></span><span></span>';
    ends.children[0].textContent = significant(legend.low);
    ends.children[1].textContent = significant(legend.high);
    aside.append(title, ramp, ends);
  }
}
