import { type Command, InvalidArgumentError, Option } from 'commander';
import { studioApp } from '../../apps/studio/server/app.ts';
import { newToken } from '../../apps/studio/server/guard.ts';
import { addEngineFlags } from '../engine.ts';
import { addInputFlags, eachFile } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { wholeFrom } from '../options.ts';
import { print, say } from '../terminal.ts';
import { openBrowser } from './browser.ts';
import type { StudioFlags } from './flags.ts';
import { listen } from './listen.ts';
import { studioPages } from './pages.ts';
import { threadedSession } from './threaded.ts';

export function configureServe(command: Command): void {
  command
    .argument(
      '[files...]',
      'files of vectors, each a table of its own; none: drop them on the page',
    )
    .addOption(
      new Option('--port <number>', 'port on this machine; 0 takes one that is free')
        .argParser(portOf)
        .default(0),
    )
    .option('--no-open', 'do not open the browser')
    .option('--media <folder>', 'where pictures and sounds lie that a column names by their path')
    .addOption(
      new Option('--max-file <megabytes>', 'size of a file that may be dropped on the page')
        .argParser(wholeFrom(1))
        .default(2000),
    )
    .option('--json', 'print one line of JSON with the address, and do not open the browser');
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: StudioFlags) =>
    interruptible((signal) => serve(files, flags, signal)),
  );
}

function portOf(given: string): number {
  const port = Number(given);
  if (/^\d+$/.test(given) && port < 65536) return port;
  throw new InvalidArgumentError('Expected an integer in [0, 65535].');
}

async function serve(
  names: readonly string[],
  flags: StudioFlags,
  signal: AbortSignal,
): Promise<void> {
  const pages = await studioPages();
  const { session, end } = await threadedSession(await eachFile(names), flags, signal);
  const token = newToken();
  const mostFileBytes = flags.maxFile * 1e6;
  const { port, close } = await listen(flags.port, (ownPort) =>
    studioApp({ session, pages, token, port: ownPort, mostFileBytes }),
  ).catch(async (cause: unknown) => {
    await end();
    throw cause;
  });
  const url = `http://127.0.0.1:${port}/#token=${token}`;
  await print(flags.json ? JSON.stringify({ url }) : url);
  if (!flags.json) say('Ctrl-C ends the studio.');
  if (flags.open !== false && !flags.json) openBrowser(url);
  await aborted(signal);
  await close();
  await end();
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
}
