import type { Command } from 'commander';
import { INPUTS } from '../input.ts';

const help = `${INPUTS}
Examples:
  $ tammes studio vectors.npy
  $ tammes studio dataset:glove
  $ tammes studio before.npy after.npy --metadata facts.csv
  $ tammes studio --port 8000 --no-open
  $ tammes studio replay recipe.json -o results
  $ tammes studio mcp vectors.npy

The page is for this machine alone, and its address has a token: whoever has it may use the session. Ctrl-C ends it.
Programs use the same API: docs/studio-api.md.
`;

export async function configure(command: Command, argv: readonly string[]): Promise<void> {
  command.addHelpText('after', help);
  const replaying = command
    .command('replay')
    .description('Do the steps of a session again, to the same bytes.');
  const serving = command
    .command('mcp')
    .description('Let an agent use a session: tools by the Model Context Protocol.');
  // A command with arguments of its own would take the flags of its parts for its own.
  const word = argv[argv.indexOf('studio') + 1];
  if (word === 'replay') (await import('../studio/replay.ts')).configureReplay(replaying);
  else if (word === 'mcp') (await import('../studio/mcp.ts')).configureMcp(serving);
  else (await import('../studio/serve.ts')).configureServe(command);
}
