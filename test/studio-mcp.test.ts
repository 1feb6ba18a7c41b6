import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { unzlibSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, commandIn } from './shared/command.ts';

const { at, tammes, folder } = commandIn('tammes-studio-mcp-');
const rows = Array.from({ length: 40 }, (_, i) => {
  const place = [Math.cos(7 * i), Math.sin(3 * i), Math.cos(11 * i + 1)];
  return `item${i},${place.map((value) => value.toFixed(4)).join(',')},${i % 3 ? 'x' : 'y'}`;
});
writeFileSync(at('rows.csv'), ['label,a,b,c,side', ...rows].join('\n'));
const ARGS = [bin, 'studio', 'mcp', at('rows.csv'), '--vector', 'a,b,c'];

interface Content {
  readonly type: string;
  readonly text?: string;
  readonly data?: string;
  readonly mimeType?: string;
}

let client: Client;
beforeAll(async () => {
  client = new Client({ name: 'test', version: '1' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: ARGS }));
});
afterAll(() => client.close());

const use = async (name: string, args: Record<string, unknown> = {}) => {
  const result = await client.callTool({ name, arguments: args });
  return { isError: result.isError === true, content: result.content as readonly Content[] };
};
const factsOf = async (name: string, args: Record<string, unknown> = {}) => {
  const { isError, content } = await use(name, args);
  expect([isError, content.at(-1)?.type]).toEqual([false, 'text']);
  return JSON.parse(content.at(-1)?.text ?? '');
};

describe('the official client', () => {
  test('says hello, pings and lists the tools with their parameters', async () => {
    expect(client.getServerVersion()?.name).toBe('tammes');
    await client.ping();
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['info', 'map', 'picture', 'undo']));
    expect(names).not.toContain('coordinates');
    for (const { description, inputSchema } of tools) {
      expect(description).toMatch(/\.$/);
      expect(inputSchema.type).toBe('object');
    }
  });

  test('looks, maps, draws and goes back', async () => {
    const { tables } = await factsOf('info');
    expect(tables).toMatchObject([{ id: 'a', rows: 40, columns: 3, hasLabels: true }]);
    const early = await use('picture');
    expect(early).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/no map yet/) }],
    });
    await factsOf('map', { method: 'pca', quality: false });
    const { content } = await use('picture', { color: 'side', width: 64, height: 48 });
    expect(content[0]).toMatchObject({ type: 'image', mimeType: 'image/png' });
    const png = Buffer.from(content[0].data ?? '', 'base64');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([64, 48]);
    const lines = unzlibSync(png.subarray(41, 41 + png.readUInt32BE(33)));
    expect(lines.length).toBe(48 * (1 + 3 * 64));
    expect(new Set(lines).size).toBeGreaterThan(3);
    const told = JSON.parse(content[1].text ?? '');
    expect(told.legend.map(({ name }: { name: string }) => name)).toEqual(['x', 'y']);
    expect(await factsOf('undo')).toEqual({ steps: [] });
  });

  test('what a tool refuses is a sentence in its result', async () => {
    const wrong = await use('map', { method: 'none' });
    expect(wrong.isError).toBe(true);
    expect(wrong.content[0].text).toMatch(/none.*\.$/);
    expect((await use('map', { colour: 1 })).isError).toBe(true);
    expect((await use('picture', { width: 5 })).content[0].text).toMatch(/an integer in \[16/);
  });

  test('an unknown tool and arguments that are none are errors of the protocol', async () => {
    await expect(use('nothing')).rejects.toMatchObject({ code: -32602 });
    const params = { name: 'info', arguments: [1] } as never;
    await expect(client.callTool(params)).rejects.toThrow();
  });
});

describe('lines of JSON', () => {
  test('malformed JSON, batches, unknown methods and wrong parameters; nothing else on standard output', async () => {
    const child = spawn(process.execPath, ARGS, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    child.stdin.end(
      [
        '{"jsonrpc":',
        '[]',
        '{"jsonrpc":"2.0","id":1}',
        '{"jsonrpc":"2.0","id":2,"method":"nothing/here"}',
        '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":[1]}',
        '{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"info","arguments":[1]}}',
        '{"jsonrpc":"2.0","method":"notifications/initialized"}',
        '{"jsonrpc":"2.0","id":9,"result":{}}',
        '',
        '{"jsonrpc":"2.0","id":"p","method":"ping"}',
        '{"jsonrpc":"2.0","id":5,"method":"initialize","params":{"protocolVersion":"1999-01-01"}}',
      ].join('\n'),
    );
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    const answers = lines.map((line) => JSON.parse(line));
    expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([
      [null, -32700],
      [null, -32600],
      [1, -32600],
      [2, -32601],
      [3, -32602],
      [4, -32602],
      ['p', undefined],
      [5, undefined],
    ]);
    expect(answers[7].result.protocolVersion).toBe('2025-11-25');
  });

  test('wrong use is told before anything is served', () => {
    const none = tammes('studio', 'mcp');
    expect([none.code, none.out, none.err]).toEqual([2, '', expect.stringMatching(/FILE/)]);
    const far = tammes('studio', 'mcp', '--url', 'http://evil.example/#token=x');
    expect([far.code, far.err]).toEqual([
      2,
      expect.stringMatching(/address that tammes studio printed/),
    ]);
    const missing = tammes('studio', 'mcp', at('none.npy'));
    expect([missing.code, missing.out]).toEqual([1, '']);
  });
});
