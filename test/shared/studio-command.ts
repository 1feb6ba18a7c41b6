import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/tammes.js', import.meta.url));

/** `tammes studio` on these files, as a reader starts it; `end` stops it. */
export async function studioCommand(
  ...parameters: readonly string[]
): Promise<{ readonly url: string; readonly end: () => Promise<void> }> {
  const child = spawn(
    process.execPath,
    [bin, 'studio', ...parameters, '--no-open', '--json', '--port', '0'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const errors: string[] = [];
  child.stderr.on('data', (part: Buffer) => errors.push(part.toString()));
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString();
      if (text.includes('\n')) resolve((JSON.parse(text) as { url: string }).url);
    });
    void ended.then(() => reject(new Error(errors.join(''))));
  });
  const end = async () => {
    child.kill('SIGINT');
    await ended;
  };
  return { url, end };
}
