import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  BROWSERS,
  type BrowserName,
  browserMissing,
  launchBrowser,
} from '../../src/testing/browsers.ts';
import { Reader } from '../../src/testing/reader.ts';
import { studioCommand } from './studio-command.ts';

export interface Reading {
  readonly name: BrowserName;
  readonly browser: Browser;
  /** One page for all tests of a browser, as a reader goes on. */
  readonly reader: Reader;
}

/** A test, whose title says the browser and why it can't run where that isn't installed. */
export type InBrowser = (title: string, run: (of: Reader, all: Reading) => Promise<void>) => void;

/**
 * The same tests in every browser: of the page of `tammes studio` on these files, with its first map drawn. What is saved
 * goes to the folder. Nothing may complain.
 */
export function inEachBrowser(
  { files, folder, height = 720 }: InBrowsersSettings,
  tests: (inBrowser: InBrowser) => void,
): void {
  describe.each(BROWSERS)('%s', (name) => {
    const missing = browserMissing(name);
    let all: Reading | undefined;
    let end: (() => Promise<void>) | undefined;
    beforeAll(async () => {
      if (missing) return;
      const studio = await studioCommand(...files);
      const browser = await launchBrowser(name, { downloads: folder });
      end = async () => {
        await browser.close();
        await studio.end();
      };
      const reader = await Reader.at(browser, studio.url, { height, downloads: folder });
      await reader.find('tammes-view[data-map]');
      await reader.idle();
      all = { name, browser, reader };
    }, 60_000);
    afterAll(() => end?.());
    const skipped = missing ? `, skipped: ${missing}` : '';
    tests((title, run) =>
      test.skipIf(missing)(
        `${title} (${name}${skipped})`,
        async () => {
          if (!all) throw new Error('the page did not open');
          await run(all.reader, all);
          expect(all.reader.complaints).toEqual([]);
        },
        60_000,
      ),
    );
  });
}

export interface InBrowsersSettings {
  readonly files: readonly string[];
  readonly folder: string;
  readonly height?: number;
}
