import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bin, commandIn } from './shared/command.ts';

const { folder, at, tammes } = commandIn('tammes-study-');
const id = 'hubness-reduction-sbert';

describe('tammes study', () => {
  test('lists the studies', () => {
    expect(tammes('study').out).toContain(`${id}\n  Hubness Reduction`);
    const list = JSON.parse(tammes('study', '--json').out);
    expect(list.map((study: { id: string }) => study.id)).toContain(id);
  });

  test('prints one JSON object, and writes the page where --out says', () => {
    const { code, out } = tammes('study', id, '--quick', '--json', '--seeds', '2', '--out', 'a/b');
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toMatchObject({ id, seeds: 2, quick: true });
    expect(['holds', 'holds-in-part', 'does-not-hold']).toContain(found.verdict);
    for (const { claim, measured, low, high, holds } of found.lines) {
      expect([typeof claim, typeof holds]).toEqual(['string', 'boolean']);
      expect(low).toBeLessThanOrEqual(measured);
      expect(measured).toBeLessThanOrEqual(high);
    }
    expect(readFileSync(at(`a/b/${id}.md`), 'utf8')).toContain('in the quick form');
    expect(existsSync(at(`a/b/${id}.svg`))).toBe(true);
    expect(JSON.parse(readFileSync(at(`a/b/${id}.json`), 'utf8')).lines).toEqual(found.lines);
  });

  test('answers a wrong id, a wrong number of seeds and data that are not there with a sentence', () => {
    const wrong = tammes('study', 'no-such-study');
    expect([wrong.code, wrong.err.trim().split('\n').length]).toEqual([2, 1]);
    expect(wrong.err).toContain('got "no-such-study"');
    expect(tammes('study', id, '--seeds', '0')).toMatchObject({ code: 2, out: '' });
    const nowhere = tammes('study', id, '--quick', '--data', 'nowhere');
    expect([nowhere.out, nowhere.err]).toEqual([
      '',
      expect.stringContaining('--data nowhere: expected a folder'),
    ]);
  });

  test('stopped by Ctrl-C it keeps the finished seeds, and goes on to the same numbers', async () => {
    const settings = ['study', id, '--quick', '--seeds', '8', '--json', '--out'];
    const whole = JSON.parse(tammes(...settings, 'whole').out);
    const child = spawn(process.execPath, [bin, ...settings, 'part'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const state = at(`part/${id}.quick.state.json`);
    const ended = new Promise((done) => child.on('exit', done));
    while (!existsSync(state)) await new Promise((done) => setTimeout(done, 20));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(said).toMatch(/Stopped after \d seeds?\. To go on:\n {2}tammes study .* --out part/);
    const resumed = JSON.parse(tammes(...settings, 'part').out);
    expect(resumed.repeats).toEqual(whole.repeats);
    expect(existsSync(state)).toBe(false);
  });
});
