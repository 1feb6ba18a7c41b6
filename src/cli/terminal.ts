import type { Progress } from '../core/run.ts';
import { progressLine } from '../report/index.ts';

/** A progress bar on standard error: redrawn in place on a terminal, silent elsewhere. */
export class ProgressBar {
  readonly #enabled: boolean;
  #stage = '';
  #startedAt = 0;
  #drawnAt = 0;
  #drawn = false;

  constructor(quiet: boolean) {
    this.#enabled = !quiet && process.stderr.isTTY === true;
  }

  readonly update = (progress: Progress): void => {
    if (!this.#enabled) return;
    const now = performance.now();
    if (progress.stage !== this.#stage) {
      this.clear();
      this.#stage = progress.stage;
      this.#startedAt = now;
      this.#drawnAt = 0;
    }
    if (now - this.#drawnAt < 80 && progress.done < 1) return;
    this.#drawnAt = now;
    const seconds = (now - this.#startedAt) / 1000;
    const width = process.stderr.columns ?? 80;
    process.stderr.write(`\r\x1b[2K${progressLine(progress, seconds, width - 1)}`);
    this.#drawn = true;
  };

  clear(): void {
    if (this.#drawn) process.stderr.write('\r\x1b[2K');
    this.#drawn = false;
  }
}

/** A line for people: standard error, so that standard output stays machine-readable. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints text on standard output and waits until a pipe has taken it. */
export function print(text: string): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, (error) =>
      error ? fail(error) : done(),
    );
  });
}
