import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';

const { CHROMIUM = '/usr/bin/chromium', FIREFOX = '/usr/bin/firefox-esr' } = process.env;
const PATHS = { chromium: CHROMIUM, firefox: FIREFOX } as const;

export type BrowserName = keyof typeof PATHS;

/** Every browser that tests run in. */
export const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox'];

/** Why a browser can't run tests here; undefined where it is installed. */
export function browserMissing(name: BrowserName): string | undefined {
  if (existsSync(PATHS[name])) return undefined;
  return `no ${name} at ${PATHS[name]}; install it or name it in the variable ${name.toUpperCase()}`;
}

export interface LaunchSettings {
  readonly args?: readonly string[];
  /** Where what is saved goes, without a question. */
  readonly downloads?: string;
}

/** A headless browser with a fresh profile, by one protocol for both; the caller closes it. */
export function launchBrowser(
  name: BrowserName,
  { args = [], downloads }: LaunchSettings = {},
): Promise<Browser> {
  return puppeteer.launch({
    browser: name === 'firefox' ? 'firefox' : 'chrome',
    executablePath: PATHS[name],
    headless: true,
    args: name === 'firefox' ? [...args] : ['--no-sandbox', ...args],
    ...(downloads && {
      downloadBehavior: { policy: 'allow', downloadPath: downloads },
      extraPrefsFirefox: {
        'browser.download.folderList': 2,
        'browser.download.dir': downloads,
        'browser.download.useDownloadDir': true,
      },
    }),
  });
}
