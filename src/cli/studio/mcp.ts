import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import type { ActionDescription } from '../../apps/studio/hosting/described.ts';
import type { RemoteSession } from '../../apps/studio/hosting/requests.ts';
import { McpServer } from '../../apps/studio/mcp/server.ts';
import { toolsOf } from '../../apps/studio/mcp/tools.ts';
import { httpSession } from '../../apps/studio/page/connection/http.ts';
import { OptionError } from '../../core/errors.ts';
import { addEngineFlags } from '../engine.ts';
import { addInputFlags, eachFile } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { leaveStdoutToData } from '../terminal.ts';
import type { SessionFlags } from './flags.ts';
import { threadedSession } from './threaded.ts';

interface Flags extends SessionFlags {
  readonly url?: string;
}

const help = `
An agent's program starts the command and speaks to it over standard input and output, as by this entry of its settings:
  {"mcpServers": {"tammes": {"command": "npx", "args": ["tammes", "studio", "mcp", "/data/vectors.npy"]}}}

With --url the agent and the page share one session: what one does, the other sees.

Examples:
  $ tammes studio mcp vectors.npy --metadata facts.csv
  $ tammes studio mcp --url 'http://127.0.0.1:8000/#token=…'
`;

export function configureMcp(command: Command): void {
  command
    .argument('[files...]', 'files of vectors, each a table of its own')
    .option('--url <address>', 'use the session of an open studio, by the address that it printed')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => serveAgent(files, flags, signal)),
  );
}

async function serveAgent(
  files: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  leaveStdoutToData();
  if ((flags.url === undefined) === (files.length === 0))
    throw new OptionError(
      'studio mcp',
      'FILE',
      'given, or --url, and not both',
      files.join(' ') || 'nothing',
    );
  if (files.includes('-'))
    throw new OptionError('studio mcp', 'FILE', 'no standard input: the agent speaks there', '-');
  const { session, end } =
    flags.url === undefined
      ? await threadedSession(await eachFile(files), flags, signal)
      : { session: sessionAt(flags.url), end: async () => {} };
  try {
    const { facts } = await session.ask({ ask: 'actions' });
    const actions = facts['actions'] as readonly ActionDescription[];
    const server = new McpServer(toolsOf(session, actions), (line) => {
      process.stdout.write(`${line}\n`);
    });
    const lines = createInterface({ input: process.stdin, signal });
    const taken = new Set<Promise<void>>();
    for await (const line of lines) {
      if (line.trim() === '') continue;
      const answer: Promise<void> = server.take(line).finally(() => taken.delete(answer));
      taken.add(answer);
    }
    // Who closes the input first may still read.
    if (signal.aborted) server.end();
    await Promise.all(taken);
  } finally {
    await end();
  }
}

function sessionAt(address: string): RemoteSession {
  const refuse = (): never => {
    throw new OptionError('studio mcp', 'url', 'the address that tammes studio printed', address);
  };
  if (!URL.canParse(address)) refuse();
  const url = new URL(address);
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? refuse();
  const isHere = url.hostname === '127.0.0.1' || url.hostname === 'localhost';
  return isHere && url.protocol === 'http:' ? httpSession({ url: url.origin, token }) : refuse();
}
