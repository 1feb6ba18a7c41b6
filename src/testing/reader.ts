import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, ElementHandle, KeyInput, Page } from 'puppeteer-core';

/** What an element shows or is called has these words in it, small or large; a pattern is asked of the whole. */
export type Words = string | RegExp;

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Milliseconds until what is waited for is missing, and between two looks. */
const [PATIENCE, PAUSE] = [20_000, 50];
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE));

/** A page as a reader uses it, in any browser: what it shows is waited for, what it complains of is kept. */
export class Reader {
  readonly page: Page;
  /** Errors of scripts and of the console, and promises that nobody waited for. */
  readonly complaints: string[] = [];
  readonly #downloads: string | undefined;
  #fields = 0;

  private constructor(page: Page, downloads?: string) {
    this.page = page;
    this.#downloads = downloads;
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  static async at(
    browser: Browser,
    address: string,
    { width = 1280, height = 720, downloads = '' } = {},
  ): Promise<Reader> {
    const page = await browser.newPage();
    const reader = new Reader(page, downloads);
    await page.setViewport({ width, height });
    await page.evaluateOnNewDocument(() => {
      addEventListener('unhandledrejection', ({ reason }) =>
        console.error(`nobody waited for: ${reason}`),
      );
    });
    await page.goto(address);
    return reader;
  }

  /** The first element that shows the words, once there is one. */
  async find(css: string, words: Words = ''): Promise<ElementHandle<HTMLElement>> {
    const [text, flags] = asPattern(words);
    const found = await this.page
      .waitForFunction(
        (selector, pattern, kind) =>
          [...document.querySelectorAll<HTMLElement>(selector)].find(
            (one) =>
              new RegExp(pattern, kind).test(one.getAttribute('aria-label') ?? '') ||
              new RegExp(pattern, kind).test(one.innerText.trim()),
          ),
        {},
        css,
        text,
        flags,
      )
      .catch(async () => {
        const shown = await this.page.evaluate(() => document.body.innerText);
        throw new Error(`nothing like ${css} with ${words} among\n${shown}`);
      });
    return found as ElementHandle<HTMLElement>;
  }

  /** What the first such element shows. */
  async shown(css: string, words: Words = ''): Promise<string> {
    return (await this.find(css, words)).evaluate((one) => one.innerText);
  }

  /** What each such element shows now. */
  all(css: string): Promise<readonly string[]> {
    return this.page.$$eval(css, (ones) => ones.map((one) => (one as HTMLElement).innerText));
  }

  /** Where an element lies on the page. */
  boxOf(one: ElementHandle<HTMLElement>): Promise<Spot & { readonly width: number }> {
    return one.evaluate((element) => {
      const { x, y, width } = element.getBoundingClientRect();
      return { x, y, width };
    });
  }

  /** Until no such element shows the words. */
  async gone(css: string, words: Words = ''): Promise<void> {
    const [text, flags] = asPattern(words);
    await this.page.waitForFunction(
      (selector, pattern, kind) =>
        ![...document.querySelectorAll<HTMLElement>(selector)].some((one) =>
          new RegExp(pattern, kind).test(one.innerText),
        ),
      {},
      css,
      text,
      flags,
    );
  }

  /** Until a fact of the page holds that only the page as a whole tells. */
  async until(holds: () => Promise<boolean>): Promise<void> {
    for (let waited = 0; waited < PATIENCE; waited += PAUSE) {
      if (await holds()) return;
      await pause();
    }
    throw new Error(`it did not come to hold: ${holds}`);
  }

  /** Takes complaints that a test asked for out of the list. */
  forgive(words: RegExp): void {
    for (let i = this.complaints.length - 1; i >= 0; i--)
      if (words.test(this.complaints[i])) this.complaints.splice(i, 1);
  }

  /** Nothing computes. */
  idle(): Promise<void> {
    return this.gone('.job');
  }

  /** Clicks it once it rests: what comes in above pushes it away from the pointer. */
  async click(css: string, words: Words = ''): Promise<void> {
    for (let waited = 0; waited < PATIENCE; waited += PAUSE) {
      const one = await this.find(`${css}:not([disabled])`, words);
      await one.evaluate((element) => element.scrollIntoView({ block: 'nearest' }));
      const { x, y } = await this.boxOf(one);
      await pause();
      const now = await this.boxOf(one);
      const isThere = await one.evaluate((element) => element.isConnected);
      if (isThere && now.x === x && now.y === y) return one.click();
    }
    throw new Error(`${css} with ${words} does not rest`);
  }

  /** Clicks the button of that name. */
  button(name: Words, within = ''): Promise<void> {
    return this.click(`${within} button`, typeof name === 'string' ? exactly(name) : name);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key as KeyInput);
  }

  /** Puts the text in the place of what the field has, and leaves it. */
  async write(css: string, text: string, end: 'Enter' | 'Tab' = 'Tab'): Promise<void> {
    const field = await this.find(css);
    await field.focus();
    await field.evaluate((one) => (one as HTMLInputElement).select());
    await this.page.keyboard.type(text);
    await this.press(end);
  }

  /** A control of a panel by the words beside it, as a selector. */
  async field(title: string): Promise<string> {
    const field = await this.find('.panel label.field', title);
    const name = await field.evaluate(
      (one, count) => {
        const control = one.querySelector<HTMLElement>('input, select');
        if (control) control.dataset['reader'] ??= `reader-${count}`;
        return control?.dataset['reader'];
      },
      this.#fields++,
    );
    return `[data-reader="${name}"]`;
  }

  async select(css: string, value: string): Promise<void> {
    await this.find(css);
    await this.page.select(css, value);
  }

  /** Presses the pointer at the first spot, goes along the others and lets go. */
  async drag(...[first, ...spots]: readonly Spot[]): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(first.x, first.y);
    await mouse.down();
    for (const { x, y } of spots) await mouse.move(x, y);
    await mouse.up();
  }

  async point({ x, y }: Spot): Promise<void> {
    await this.page.mouse.move(x, y);
  }

  async upload(path: string, css = 'input[type=file]'): Promise<void> {
    const input = (await this.page.waitForSelector(css)) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(path);
  }

  /** What was saved under that name, once it lies there as a whole. */
  async saved(name: string): Promise<Buffer> {
    const folder = this.#downloads ?? '';
    const path = join(folder, name);
    await this.until(
      async () => existsSync(path) && !existsSync(`${path}.part`) && statSync(path).size > 0,
    ).catch(() => {
      throw new Error(`no ${name} was saved; there are ${readdirSync(folder).join(', ')}`);
    });
    const bytes = readFileSync(path);
    // The next of that name gets it, and no number behind it.
    rmSync(path);
    return bytes;
  }

  /** Until a map that moved by itself rests where this row was. */
  rests(row: number, { x, y }: Spot): Promise<void> {
    let times = 0;
    return this.until(async () => {
      const now = await this.placeOf(row);
      times = Math.hypot(now.x - x, now.y - y) < 0.1 ? times + 1 : 0;
      return times > 2;
    });
  }

  /** Where a row is drawn, in pixels of the page. */
  placeOf(row: number): Promise<Spot> {
    return this.page.evaluate((wanted) => {
      const view = document.querySelector('tammes-view') as HTMLElement & {
        placement(): { x: Float32Array; y: Float32Array };
      };
      const { left, top } = view.getBoundingClientRect();
      const { x, y } = view.placement();
      return { x: left + x[wanted] / devicePixelRatio, y: top + y[wanted] / devicePixelRatio };
    }, row);
  }
}

/** The name and nothing else. */
export const exactly = (name: string): RegExp => new RegExp(`^${escaped(name)}$`);

function asPattern(words: Words): [pattern: string, flags: string] {
  return typeof words === 'string' ? [escaped(words), 'i'] : [words.source, words.flags];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
