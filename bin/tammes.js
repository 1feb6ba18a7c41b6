#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/command/main.js', import.meta.url);
if (!existsSync(main)) {
  // A fresh checkout: build first. A published package always has dist/.
  const script = new URL('../scripts/build.mjs', import.meta.url);
  if (!existsSync(script)) {
    console.error(`tammes: ${fileURLToPath(main)} is missing; install the package again.`);
    process.exit(1);
  }
  const { build } = await import(script.href);
  await build();
}
const { main: run } = await import(main.href);
await run(process.argv);
