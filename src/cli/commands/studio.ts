import type { Command } from 'commander';
import { INPUTS } from '../input.ts';
import { configureServe } from '../studio/serve.ts';

const help = `${INPUTS}
Examples:
  $ tammes studio vectors.npy
  $ tammes studio dataset:glove
  $ tammes studio before.npy after.npy --metadata facts.csv
  $ tammes studio --port 8000 --no-open
The page is for this machine alone, and its address has a token: whoever has it may use the session. Ctrl-C ends it.
`;

export function configure(command: Command): void {
  command.addHelpText('after', help);
  configureServe(command);
}
