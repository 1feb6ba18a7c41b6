import { VERSION } from '../../../core/version.ts';
import { isRecord } from '../../../io/described.ts';
import type { AskListening } from '../hosting/requests.ts';
import { errorPacket } from '../session/error-packet.ts';
import type { Tool } from './tools.ts';

type Json = Readonly<Record<string, unknown>>;
type Id = string | number | null;

/** Versions of the protocol whose messages used here are the same, the newest first. */
const VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

/** Codes of JSON-RPC. */
const CODES = { parse: -32700, request: -32600, method: -32601, params: -32602 } as const;

const INSTRUCTIONS =
  'An open session of Tammes: tables of vectors with ids a, b, …. Call info first; measure says how well the vectors lie, map and picture show them, search and neighbors look rows up. Steps can be undone.';

/** A request that the protocol refuses. */
class ProtocolError extends Error {
  readonly code: number;
  constructor(code: number, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/**
 * The Model Context Protocol over lines of JSON: initialize, ping, tools/list, tools/call, and that a call is cancelled.
 * What a tool refuses is its result, so that the agent reads the sentence; what is no proper request is an error.
 */
export class McpServer {
  readonly #tools: ReadonlyMap<string, Tool>;
  readonly #send: (line: string) => void;
  readonly #running = new Map<Id, AbortController>();

  constructor(tools: readonly Tool[], send: (line: string) => void) {
    this.#tools = new Map(tools.map((tool) => [tool.name, tool]));
    this.#send = send;
  }

  /** Takes a line; what there is to say to it is sent when it is known. */
  async take(line: string): Promise<void> {
    let id: Id = null;
    try {
      const message = parsed(line);
      // An answer to nothing that was asked, or a batch.
      if (!isRecord(message)) throw new ProtocolError(CODES.request, 'one object is expected.');
      if (isId(message['id'])) id = message['id'];
      const { method, params = {} } = message;
      if (typeof method !== 'string') {
        if ('result' in message || 'error' in message) return;
        throw new ProtocolError(CODES.request, 'the method is missing.');
      }
      if (!isRecord(params))
        throw new ProtocolError(CODES.params, 'the parameters must be an object.');
      if (message['id'] === undefined) this.#noted(method, params);
      else this.#reply({ id, result: await this.#result(id, method, params) });
    } catch (cause) {
      const { code, message } =
        cause instanceof ProtocolError ? cause : { code: -32603, message: sentenceOf(cause) };
      this.#reply({ id, error: { code, message } });
    }
  }

  /** Stops what runs. */
  end(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  #reply(content: Json): void {
    this.#send(JSON.stringify({ jsonrpc: '2.0', ...content }));
  }

  /** What needs no answer. */
  #noted(method: string, { requestId }: Json): void {
    if (method === 'notifications/cancelled' && isId(requestId))
      this.#running.get(requestId)?.abort();
  }

  async #result(id: Id, method: string, params: Json): Promise<Json> {
    switch (method) {
      case 'initialize': {
        const wanted = VERSIONS.find((version) => version === params['protocolVersion']);
        return {
          protocolVersion: wanted ?? VERSIONS[0],
          capabilities: { tools: {} },
          serverInfo: { name: 'tammes', title: 'Tammes studio', version: VERSION },
          instructions: INSTRUCTIONS,
        };
      }
      case 'ping':
        return {};
      case 'tools/list':
        return { tools: Array.from(this.#tools.values(), ({ use: _use, ...tool }) => tool) };
      case 'tools/call':
        return this.#called(id, params);
      default:
        throw new ProtocolError(CODES.method, `there is no method ${method}.`);
    }
  }

  async #called(id: Id, { name, arguments: given = {}, _meta: meta }: Json): Promise<Json> {
    const tool = typeof name === 'string' ? this.#tools.get(name) : undefined;
    if (!tool) {
      const known = [...this.#tools.keys()].join(', ');
      throw new ProtocolError(
        CODES.params,
        `there is no tool ${String(name)}; there are ${known}.`,
      );
    }
    if (!isRecord(given))
      throw new ProtocolError(CODES.params, `the arguments of ${name} must be an object.`);
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const listening = this.#listening(controller.signal, meta);
      return { content: await tool.use(given, listening) };
    } catch (cause) {
      return { content: [{ type: 'text', text: sentenceOf(cause) }], isError: true };
    } finally {
      this.#running.delete(id);
    }
  }

  /** Tells of progress where the agent asked for it. */
  #listening(signal: AbortSignal, meta: unknown): AskListening {
    const token = isRecord(meta) ? meta['progressToken'] : undefined;
    if (!isId(token)) return { signal };
    let told = 0;
    return {
      signal,
      onPacket: (packet) => {
        if (packet.kind !== 'progress') return;
        // Progress must grow; a stage that follows begins anew.
        told = Math.max(told + 1e-6, packet.done);
        const params = { progressToken: token, progress: told, message: packet.stage };
        this.#reply({ method: 'notifications/progress', params });
      },
    };
  }
}

const isId = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

const sentenceOf = (cause: unknown): string => errorPacket(cause).sentence;

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new ProtocolError(CODES.parse, 'the line is not JSON.');
  }
}
