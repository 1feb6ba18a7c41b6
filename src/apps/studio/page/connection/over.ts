import type { Connection, Packet, SessionInfo, StudioRecipe } from '../../contract.ts';
import type { RemoteSession } from '../../hosting/requests.ts';

/** A session elsewhere as the page speaks to it. */
export function connectionOver(session: RemoteSession): Connection {
  const facts = async <T>(ask: 'info' | 'recipe'): Promise<T> =>
    (await session.ask({ ask })).facts as T;
  return {
    info: () => facts<SessionInfo>('info'),
    recipe: () => facts<StudioRecipe>('recipe'),
    call: (action, parameters = {}, { signal, onProgress, onFrame } = {}) =>
      session.ask(
        { ask: 'call', action, parameters },
        {
          signal,
          onPacket: (packet: Packet) => {
            if (packet.kind === 'progress') return onProgress?.(packet.stage, packet.done);
            return packet.kind === 'frame' ? onFrame?.(packet) : undefined;
          },
        },
      ),
    async undo() {
      await session.ask({ ask: 'undo' });
    },
    async redo() {
      await session.ask({ ask: 'redo' });
    },
    async show(shown) {
      await session.ask({ ask: 'show', shown });
    },
    async open(file, { signal } = {}) {
      await session.ask({ ask: 'open', name: file.name, bytes: file }, { signal });
    },
    async media(table, field, row) {
      const { facts, arrays } = await session.ask({ ask: 'media', table, field, row });
      return new Blob([arrays?.['bytes']?.data as BlobPart], { type: String(facts['type']) });
    },
    onChange: (listener, onLost) => session.onChange(listener, onLost),
  };
}
