import { TammesView, type ViewEvents } from '../../../view/element.ts';
import type { Label } from '../../../view/labels.ts';
import type { ProjectionId } from '../../../view/projections/index.ts';
import { labelsInView, seenIn } from '../../../view/row-labels.ts';
import type { CloudData } from '../cloud/data.ts';
import { firstLabels } from '../cloud/named.ts';
import { unpacked } from '../cloud/packing.ts';
import { pointSize } from '../cloud/point-size.ts';
import type { ShadedClasses } from '../cloud/shaded-classes.ts';
import { between } from './between.ts';
import { save } from './save.ts';

/** What a panel shows of its rows. */
export interface Shown {
  /** How far from before (0) to after (1). */
  readonly share: number;
  readonly selected: Uint8Array | undefined;
  readonly rings: readonly number[];
  readonly squares: readonly number[];
  /** The row that was clicked or found; −1 for none. */
  readonly picked: number;
}

/** A view in its place of the page, with a card beside the point under the pointer. */
export class LivePanel {
  readonly view = new TammesView();
  readonly #card = document.createElement('div');
  readonly #data: CloudData;
  readonly #shaded: ShadedClasses;
  readonly #before: Float32Array;
  readonly #after: Float32Array | undefined;
  #share = -1;
  #picked = -1;
  #first: readonly Label[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    root: Element,
    data: CloudData,
    shaded: ShadedClasses,
    describe: (row: number) => string[],
  ) {
    const { positions, after } = data.panels[Number(root.getAttribute('data-panel'))];
    this.#data = data;
    this.#shaded = shaded;
    this.#before = unpacked(positions);
    this.#after = after === undefined ? undefined : unpacked(after);
    this.#card.className = 'card';
    const { view } = this;
    // A few thousand points need neither a card nor a worker.
    view.tier = 'cpu';
    view.describe = (row) => describe(row).join(', ');
    root.querySelector('.stage')?.append(view, this.#card);
    // A reader who scrolls by does not mean to zoom, nor one whose finger goes upright.
    view.style.touchAction = 'pan-y pinch-zoom';
    view.parentElement?.addEventListener('wheel', (event) => this.#wheel(event), { capture: true });
    view.addEventListener('pointerdown', () => view.focus({ preventScroll: true }));
    this.on('hover', (detail) => this.#point(detail, describe));
    this.on('camera', () => this.#relabelSoon());
    this.on('ready', () => this.#relabelSoon());
    new ResizeObserver(() => this.#resize()).observe(view);
    for (const button of root.querySelectorAll('button[data-picture]'))
      button.addEventListener('click', () => void this.#save(button.getAttribute('data-picture')));
  }

  on<K extends keyof ViewEvents>(name: K, listener: (detail: ViewEvents[K]) => void): void {
    this.view.addEventListener(name, (event) =>
      listener((event as CustomEvent<ViewEvents[K]>).detail),
    );
  }

  show({ share, selected, rings, squares, picked }: Shown): void {
    const { view } = this;
    const { dims } = this.#data;
    const isMoved = share !== this.#share;
    const positions = isMoved ? this.#at(share) : (view.cloud?.positions ?? this.#before);
    if (isMoved || selected !== view.cloud?.selected)
      view.cloud = { positions, dims, shades: this.#shaded.shades, selected };
    view.marks = picked < 0 ? rings : [...rings, picked];
    view.squares = squares;
    if (isMoved) this.#first = firstLabels(positions, dims, this.#shaded, this.#data);
    const isRenamed = isMoved || picked !== this.#picked;
    [this.#share, this.#picked] = [share, picked];
    if (isRenamed) this.#relabelSoon();
  }

  project(id: ProjectionId): void {
    this.view.project(id);
  }

  #at(share: number): Float32Array {
    if (!this.#after || share === 0) return this.#before;
    return share === 1 ? this.#after : between(this.#before, this.#after, share);
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.view;
    this.view.settings = { pointSize: pointSize(this.#data.labels.length, { width, height }) };
    this.#relabelSoon();
  }

  #relabelSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#relabel(), 80);
  }

  #relabel(): void {
    const { labels, isNamed } = this.#data;
    const seen = seenIn(this.view);
    if (!seen) return;
    const shown = labelsInView(seen, { rows: isNamed ? labels : [], regions: this.#first });
    const picked = this.#picked;
    this.view.labels =
      picked < 0
        ? shown
        : [
            { row: picked, text: labels[picked], weight: Infinity, isRegion: true },
            ...shown.filter(({ row }) => row !== picked),
          ];
  }

  #point({ row, x, y }: ViewEvents['hover'], describe: (row: number) => string[]): void {
    const card = this.#card;
    card.style.display = row < 0 ? 'none' : 'block';
    if (row < 0) return;
    const [name, ...rest] = describe(row);
    const title = document.createElement('b');
    const more = document.createElement('small');
    title.textContent = name;
    more.textContent = rest.join(' · ');
    card.replaceChildren(title, more);
    const { clientWidth, clientHeight } = this.view;
    const right = clientWidth - card.offsetWidth - 4;
    const isLow = y + 18 + card.offsetHeight > clientHeight;
    card.style.left = `${Math.max(4, Math.min(x + 14, right))}px`;
    card.style.top = `${isLow ? y - card.offsetHeight - 12 : y + 16}px`;
  }

  #wheel(event: WheelEvent): void {
    const { view } = this;
    const isMeant = event.ctrlKey || event.metaKey || document.activeElement === view;
    if (!isMeant) event.stopPropagation();
  }

  async #save(format: string | null): Promise<void> {
    const { view } = this;
    const name = view.closest('figure')?.id ?? 'points';
    if (format === 'png') save(await view.picture(), `${name}.png`);
    else save(new Blob([await view.svg()], { type: 'image/svg+xml' }), `${name}.svg`);
  }
}
