import { type Command, Option } from 'commander';
import { convert, type DType, type FormatId, writableFormats } from '../../io/index.ts';
import { addInputFlags, type InputFlags, readOptionsOf } from '../input.ts';
import { print, say } from '../terminal.ts';

interface Flags extends InputFlags {
  readonly to?: string;
  readonly dtype?: string;
  readonly json?: true;
}

export function configure(command: Command): void {
  addInputFlags(
    command
      .argument('<from>', 'a file of vectors')
      .argument('<to>', 'the file to write; its extension names the format')
      .addOption(
        new Option('--to <id>', 'write this format, whatever the extension').choices(
          writableFormats.map(({ id }) => id),
        ),
      )
      .option('--dtype <type>', 'element type to write, where the format has several')
      .option('--json', 'print JSON')
      .addHelpText(
        'after',
        '\nExamples:\n  $ tammes convert glove.6B.100d.txt glove.parquet' +
          '\n  $ tammes convert vectors.npy small.npy --dtype f2\n',
      ),
  ).action(async (from: string, to: string, flags: Flags) => {
    const done = await convert(from, to, {
      read: readOptionsOf(flags),
      format: flags.to as FormatId | undefined,
      dtype: flags.dtype as DType | undefined,
    });
    if (flags.json) return print(JSON.stringify(done, null, 2));
    if (done.dropped.length > 0) {
      say(`${done.format} has no place for ${done.dropped.join(', ')}: left out.`);
    }
    return print(`${to}: ${done.rows} × ${done.cols}, ${done.format}`);
  });
}
