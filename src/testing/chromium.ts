import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const { CHROMIUM: PATH = '/usr/bin/chromium' } = process.env;

/** Why no browser test can run here; undefined where Chromium is installed. */
export const chromiumMissing: string | undefined = existsSync(PATH)
  ? undefined
  : `no Chromium at ${PATH}; install it or name it in the variable CHROMIUM`;

/** A headless Chromium with a fresh profile that stays off the network; the caller closes it. */
export function launchChromium(extraArguments: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    headless: true,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...extraArguments,
    ],
  });
}
