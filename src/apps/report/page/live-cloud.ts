import { categorical } from '../../../view/palettes/categorical.ts';
import type { Ground } from '../../../view/palettes/palette.ts';
import type { ProjectionId } from '../../../view/projections/index.ts';
import type { CloudData } from '../cloud/data.ts';
import { unpacked, unpackedIntegers } from '../cloud/packing.ts';
import { seriesPalette } from '../cloud/series-palette.ts';
import { type ShadedClasses, shadedClasses } from '../cloud/shaded-classes.ts';
import { significant } from '../format.ts';
import { gliding } from './gliding.ts';
import { LivePanel } from './live-panel.ts';

const isDark = matchMedia('(prefers-color-scheme: dark)');

/** A figure whose panels show the same rows: what is picked, found or shown alone in one is so in all. */
export class LiveCloud {
  readonly #root: HTMLElement;
  readonly #data: CloudData;
  readonly #classOf: Int16Array | undefined;
  readonly #readings: readonly { readonly title: string; readonly values: Float32Array }[];
  readonly #shaded: ShadedClasses;
  readonly #panels: readonly LivePanel[];
  readonly #shades = new Set<number>();
  readonly #hiddenMarks = new Set<number>();
  #selected: Uint8Array | undefined;
  #share = 0;
  #picked = -1;
  #stop = () => {};

  constructor(root: HTMLElement, data: CloudData) {
    this.#root = root;
    this.#data = data;
    this.#classOf = data.classes && unpackedIntegers(data.classes.of);
    this.#readings = data.readings.map(({ title, values }) => ({
      title,
      values: unpacked(values),
    }));
    const classes = data.classes &&
      this.#classOf && { names: data.classes.names, of: this.#classOf };
    this.#shaded = shadedClasses(data.labels.length, classes);
    const describe = (row: number) => this.#describe(row);
    this.#panels = Array.from(
      root.querySelectorAll('.panel'),
      (panel) => new LivePanel(panel, data, this.#shaded, describe),
    );
    this.#link();
    this.#controls();
    isDark.addEventListener('change', () => this.#paint());
    this.#show();
    this.#project(data.projections[0]);
    root.setAttribute('data-ready', 'true');
  }

  #all<T extends Element>(selector: string): T[] {
    return [...this.#root.querySelectorAll<T>(selector)];
  }

  /** A row's name, its class, and its numbers. */
  #describe(row: number): string[] {
    const { labels, classes } = this.#data;
    const own = this.#classOf?.[row] ?? -1;
    const numbers = this.#readings
      .filter(({ values }) => values[row] - values[row] === 0)
      .map(({ title, values }) => `${title} ${significant(Math.max(0, values[row]), 2)}`);
    return [labels[row], ...(classes && own >= 0 ? [classes.names[own]] : []), ...numbers];
  }

  #show(): void {
    this.#paint();
    const rows = (shape: string) =>
      this.#data.marks.flatMap((mark, at) =>
        mark.shape === shape && !this.#hiddenMarks.has(at) ? mark.rows : [],
      );
    const shown = {
      ...{ share: this.#share, selected: this.#selected, picked: this.#picked },
      ...{ rings: rows('ring'), squares: rows('square') },
    };
    for (const panel of this.#panels) panel.show(shown);
  }

  /** In the colors of the page at this moment. */
  #paint(): void {
    const ground: Ground = isDark.matches ? 'dark' : 'light';
    const style = getComputedStyle(this.#root);
    const [before, after] = ['--tm-before', '--tm-after'].map((name) =>
      style.getPropertyValue(name).trim(),
    );
    const share = this.#data.panels.some((panel) => panel.after !== undefined) ? this.#share : 1;
    const palette = this.#data.classes
      ? categorical(ground)
      : seriesPalette(ground, before, after, share);
    for (const { view } of this.#panels) view.palette = palette;
  }

  #link(): void {
    for (const panel of this.#panels) {
      panel.on('hover', ({ row }) => {
        for (const other of this.#panels) if (other !== panel) other.view.hovered = row;
      });
      panel.on('pick', ({ row }) => this.#pick(row));
    }
  }

  #pick(row: number): void {
    this.#picked = row;
    this.#say(row < 0 ? '' : this.#describe(row).join(' · '));
    this.#show();
  }

  #say(text: string): void {
    const [output] = this.#all('output');
    if (output) output.textContent = text;
  }

  #controls(): void {
    for (const button of this.#all('button[data-share]')) {
      const goal = Number(button.getAttribute('data-share'));
      button.addEventListener('click', () => {
        this.#stop();
        this.#stop = gliding(this.#share, goal, (share) => this.#setShare(share));
      });
    }
    for (const slider of this.#all<HTMLInputElement>('input[type=range]'))
      slider.addEventListener('input', () => {
        this.#stop();
        this.#setShare(Number(slider.value) / 100);
      });
    for (const button of this.#all('button[data-projection]'))
      button.addEventListener('click', () =>
        this.#project(button.getAttribute('data-projection') as ProjectionId),
      );
    for (const button of this.#all('button[data-shade]'))
      button.addEventListener('click', () => this.#toggleShade(button));
    for (const button of this.#all('button[data-mark]'))
      button.addEventListener('click', () => this.#toggleMark(button));
    for (const search of this.#all<HTMLInputElement>('input[type=search]'))
      search.addEventListener('input', () => this.#find(search.value));
  }

  #setShare(share: number): void {
    this.#share = share;
    for (const slider of this.#all<HTMLInputElement>('input[type=range]'))
      slider.value = String(Math.round(100 * share));
    for (const button of this.#all('button[data-share]'))
      press(button, Number(button.getAttribute('data-share')) === share);
    this.#show();
  }

  #project(id: ProjectionId): void {
    for (const panel of this.#panels) panel.project(id);
    for (const button of this.#all<HTMLButtonElement>('button[data-projection]')) {
      const isOn = button.getAttribute('data-projection') === id;
      press(button, isOn);
      for (const about of isOn ? this.#all('[data-about]') : []) about.textContent = button.title;
    }
  }

  /** Shows the rows of the classes that are pressed; all where none is. */
  #toggleShade(button: Element): void {
    const shade = Number(button.getAttribute('data-shade'));
    const isOn = !this.#shades.delete(shade);
    if (isOn) this.#shades.add(shade);
    press(button, isOn);
    const { shades } = this.#shaded;
    this.#selected =
      this.#shades.size === 0
        ? undefined
        : Uint8Array.from(shades, (own) => (this.#shades.has(own) ? 1 : 0));
    this.#show();
  }

  #toggleMark(button: Element): void {
    const at = Number(button.getAttribute('data-mark'));
    const isShown = this.#hiddenMarks.delete(at);
    if (!isShown) this.#hiddenMarks.add(at);
    press(button, isShown);
    this.#show();
  }

  /** Marks the row of that name, or the first whose name begins so, and brings it into the middle. */
  #find(typed: string): void {
    const { labels } = this.#data;
    const wanted = typed.trim().toLowerCase();
    const exact = labels.findIndex((label) => label.toLowerCase() === wanted);
    const starting = labels.findIndex((label) => label.toLowerCase().startsWith(wanted));
    const row = wanted === '' ? -1 : exact >= 0 ? exact : starting;
    this.#pick(row);
    if (wanted !== '' && row < 0) this.#say('not in this sample');
    if (row >= 0) for (const { view } of this.#panels) view.center(row);
  }
}

function press(button: Element, isOn: boolean): void {
  button.setAttribute('aria-pressed', String(isOn));
}
