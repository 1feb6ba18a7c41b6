import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      '#files': at('./src/io/files.ts'),
      '#start-chains': at('./src/families/codes/solver/start-chains.ts'),
      '#threads': at('./src/engine/threads.ts'),
      '#addon': at('./src/engine/native/addon.ts'),
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 240_000,
    setupFiles: [at('./src/testing/property-seed.ts'), at('./src/testing/temporary.ts')],
    pool: 'threads',
    maxWorkers: 2,
  },
});
