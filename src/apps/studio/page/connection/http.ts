import { AbortedError, TammesError } from '../../../../core/errors.ts';
import { isRecord } from '../../../../io/described.ts';
import type { Answer, Connection, SessionInfo } from '../../contract.ts';
import { answerOf } from '../../hosting/relay.ts';
import type { AskListening, RemoteSession, StudioRequest } from '../../hosting/requests.ts';
import { decodePackets } from '../../wire.ts';
import { connectionOver } from './over.ts';

export interface ServerAddress {
  /** Where the server is: `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly token: string;
}

/** What is said when the server does not answer. */
const LOST = 'the studio does not answer any more; start tammes studio again and reload.';

/** A session behind `tammes studio`. */
export function httpConnection(address: ServerAddress): Connection {
  return connectionOver(httpSession(address));
}

/** The same as others speak to it. */
export function httpSession({ url, token }: ServerAddress): RemoteSession {
  async function sent(
    path: string,
    init: RequestInit = {},
    accept = 'application/json',
  ): Promise<Response> {
    const headers = { authorization: `Bearer ${token}`, accept };
    const response = await fetch(new URL(path, url), { ...init, headers }).catch(
      (cause: unknown) => {
        if (init.signal?.aborted) throw new AbortedError('studio');
        throw new TammesError('lost', LOST, { cause });
      },
    );
    if (response.ok) return response;
    throw errorOf(await response.json().catch(() => undefined), response.status);
  }

  async function ask(request: StudioRequest, listening: AskListening = {}): Promise<Answer> {
    const { signal = null } = listening;
    switch (request.ask) {
      case 'call': {
        const path = `/api/actions/${encodeURIComponent(request.action)}`;
        const body = JSON.stringify(request.parameters);
        const response = await sent(path, { method: 'POST', body, signal }, '*/*');
        return heard(response, listening);
      }
      case 'media': {
        const { table, field, row } = request;
        const place = [table, field, String(row)].map(encodeURIComponent).join('/');
        const response = await sent(`/api/media/${place}`, { signal }, '*/*');
        const data = new Uint8Array(await response.arrayBuffer());
        const type = response.headers.get('content-type') ?? '';
        return { facts: { type }, arrays: { bytes: { data, shape: [data.length] } } };
      }
      case 'open': {
        const body = request.bytes;
        const path = `/api/files?name=${encodeURIComponent(request.name)}`;
        return factsOf(await sent(path, { method: 'POST', body, signal }));
      }
      case 'show': {
        const body = JSON.stringify(request.shown);
        return factsOf(await sent('/api/show', { method: 'POST', body, signal }));
      }
      default: {
        const isChange = request.ask === 'undo' || request.ask === 'redo';
        const method = isChange ? 'POST' : 'GET';
        return factsOf(await sent(`/api/${request.ask}`, { method, signal }));
      }
    }
  }

  function onChange(
    listener: (info: SessionInfo) => void,
    onLost?: (sentence: string) => void,
  ): () => void {
    const controller = new AbortController();
    const { signal } = controller;
    const follow = async (): Promise<void> => {
      const { body } = await sent('/api/changes', { signal }, '*/*');
      for await (const line of linesOf(body)) listener(JSON.parse(line) as SessionInfo);
      throw new TammesError('lost', LOST);
    };
    follow().catch((cause: unknown) => {
      if (signal.aborted) return;
      onLost?.(cause instanceof TammesError ? cause.message : LOST);
    });
    return () => controller.abort();
  }

  return { ask, onChange };
}

async function factsOf(response: Response): Promise<Answer> {
  return { facts: (await response.json()) as Answer['facts'] };
}

/** The packets of a call: the last is the answer. */
async function heard({ body }: Response, { signal, onPacket }: AskListening): Promise<Answer> {
  try {
    for await (const packet of decodePackets(chunksOf(body))) {
      if (packet.kind === 'answer') return answerOf(packet);
      if (packet.kind === 'error') throw new TammesError(packet.code, packet.sentence);
      await onPacket?.(packet);
    }
  } catch (cause) {
    if (cause instanceof TammesError) throw cause;
    if (signal?.aborted) throw new AbortedError('studio');
    throw cause instanceof TypeError ? new TammesError('lost', LOST, { cause }) : cause;
  }
  throw new TammesError('lost', LOST);
}

function errorOf(body: unknown, status: number): TammesError {
  const error = isRecord(body) ? body['error'] : undefined;
  if (isRecord(error)) return new TammesError(String(error['code']), String(error['sentence']));
  return new TammesError('lost', `the studio answered with status ${status}.`);
}

/** What a body brings; not every browser iterates one by itself. Who stops early ends the request. */
async function* chunksOf(body: Response['body']): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function* linesOf(body: Response['body']): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const chunk of chunksOf(body)) {
    const lines = (held + decoder.decode(chunk, { stream: true })).split('\n');
    held = lines.pop() ?? '';
    yield* lines;
  }
}
