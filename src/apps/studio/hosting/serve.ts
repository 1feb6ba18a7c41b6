import type { PackedArray } from '../../../io/packed.ts';
import type { Packet } from '../contract.ts';
import { errorPacket } from '../session/error-packet.ts';
import type { Session } from '../session/session.ts';
import { answered, type Surroundings } from './host.ts';
import type { Port, Question, Reply } from './relay.ts';
import type { StudioRequest } from './requests.ts';

/** Answers what comes through the port, until the thread ends. */
export function serveSession(port: Port, session: Session, surroundings: Surroundings): void {
  const running = new Map<number, { controller: AbortController; took: () => void }>();
  const reply = (message: Reply, transfer: readonly ArrayBuffer[] = []) =>
    port.post(message, transfer);
  const posted = (id: number, packet: Packet) => {
    const [own, transfer] = movable(packet);
    reply({ id, packet: own }, transfer);
  };

  async function start(id: number, request: StudioRequest, listens: boolean): Promise<void> {
    const controller = new AbortController();
    const asking = { controller, took: () => {} };
    running.set(id, asking);
    const send = (packet: Packet): undefined | Promise<void> => {
      if (controller.signal.aborted) return undefined;
      posted(id, packet);
      if (packet.kind !== 'frame') return undefined;
      return new Promise((resolve) => {
        asking.took = resolve;
      });
    };
    try {
      const run = { signal: controller.signal, send: listens ? send : undefined };
      const answer = await answered(session, surroundings, request, run);
      posted(id, { kind: 'answer', ...answer });
    } catch (cause) {
      posted(id, errorPacket(cause));
    } finally {
      running.delete(id);
    }
  }

  session.onChange((changed) => reply({ changed }));
  port.listen((question: Question) => {
    const { id } = question;
    if ('request' in question) void start(id, question.request, question.listens);
    else {
      if ('abort' in question) running.get(id)?.controller.abort();
      running.get(id)?.took();
    }
  });
}

/** A packet whose arrays are copies that can be moved to another thread: the session keeps its own. */
function movable(packet: Packet): [Packet, ArrayBuffer[]] {
  if (!('arrays' in packet) || packet.arrays === undefined) return [packet, []];
  const transfer: ArrayBuffer[] = [];
  const arrays = Object.fromEntries(
    Object.entries(packet.arrays).map(([name, { data, shape }]): [string, PackedArray] => {
      const own = data.slice();
      transfer.push(own.buffer as ArrayBuffer);
      return [name, { data: own, shape }];
    }),
  );
  return [{ ...packet, arrays }, transfer];
}
