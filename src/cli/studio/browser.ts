import { spawn } from 'node:child_process';

/** Opens an address in the reader's browser, if there is one; the address was printed anyway. */
export function openBrowser(url: string): void {
  const [command, ...args] = COMMANDS[process.platform] ?? ['xdg-open'];
  const opened = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  opened.on('error', () => undefined);
  opened.unref();
}

const COMMANDS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};
