import { type Command, InvalidArgumentError, Option } from 'commander';
import { chooseEngine } from '../engine/choose.ts';
import type { Engine, EngineName } from '../engine/engine.ts';

export interface EngineFlags {
  readonly engine: 'auto' | EngineName;
  readonly threads?: number;
}

export function addEngineFlags(command: Command): Command {
  return command
    .addOption(
      new Option('--engine <name>', 'what computes; the result says which one did')
        .choices(['auto', 'native', 'wasm', 'reference'])
        .default('auto'),
    )
    .addOption(
      new Option('--threads <count>', 'threads; the result does not depend on it').argParser(
        (given: string) => {
          const count = Number(given);
          if (Number.isInteger(count) && count >= 1 && count <= 1024) return count;
          throw new InvalidArgumentError('Expected an integer in [1, 1024].');
        },
      ),
    );
}

/** Runs `work` on the engine asked for and ends its threads afterwards. */
export async function withEngine<T>(
  flags: EngineFlags,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await chooseEngine(flags.engine, { threads: flags.threads });
  try {
    return await work(engine);
  } finally {
    await engine.dispose();
  }
}
