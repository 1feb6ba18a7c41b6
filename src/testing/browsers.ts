import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';

const { CHROMIUM = '/usr/bin/chromium', FIREFOX = '/usr/bin/firefox-esr' } = process.env;
const PATHS = { chromium: CHROMIUM, firefox: FIREFOX } as const;

export type BrowserName = keyof typeof PATHS;

/** Why a browser can't run tests here; undefined where it is installed. */
export function browserMissing(name: BrowserName): string | undefined {
  if (existsSync(PATHS[name])) return undefined;
  return `no ${name} at ${PATHS[name]}; install it or name it in the variable ${name.toUpperCase()}`;
}

/** A headless browser with a fresh profile, by one protocol for both; the caller closes it. */
export function launchBrowser(name: BrowserName, args: readonly string[] = []): Promise<Browser> {
  return puppeteer.launch({
    browser: name === 'firefox' ? 'firefox' : 'chrome',
    executablePath: PATHS[name],
    headless: true,
    args: name === 'firefox' ? [...args] : ['--no-sandbox', ...args],
  });
}
