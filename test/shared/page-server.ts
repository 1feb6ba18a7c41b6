import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The repository as a bundler serves it to a browser, with the package under its own name; the caller closes it. */
export function pageServer(appType: 'custom' | 'mpa') {
  return createViteServer({
    root: at(''),
    configFile: false,
    logLevel: 'silent',
    appType,
    resolve: {
      alias: [
        {
          find: '#start-chains',
          replacement: at('src/families/codes/solver/start-chains.browser.ts'),
        },
        { find: '#threads', replacement: at('src/engine/threads.browser.ts') },
        { find: '#addon', replacement: at('src/engine/native/addon.browser.ts') },
        { find: '#files', replacement: at('src/io/files.browser.ts') },
        { find: /^tammes$/, replacement: at('src/index.ts') },
        { find: /^tammes\/learning$/, replacement: at('src/learning/index.ts') },
        { find: /^tammes\/([a-z]+)$/, replacement: `${at('src/families')}/$1/index.ts` },
      ],
    },
    server: { port: 0, hmr: false, watch: null },
  });
}
