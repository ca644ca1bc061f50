/**
 * How long a request may take to arrive. Somebody who sends one byte a second holds a connection and its buffers for
 * as long as they are let (threat model T12). Only an upload may take longer, and it must keep coming.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A body has this long; headers have their own limit in the parser. */
const ARRIVAL_MS = 15_000;
/** An upload that brings nothing for so long is given up. */
const SILENCE_MS = 60_000;
/** Time for the refusal to reach the client before the connection ends. */
const FAREWELL_MS = 100;

/** Routes that take a file. Whoever calls them without a right to is answered at once and then has no upload. */
const UPLOADS = new Set(['POST /v1/imports']);

/** Calls `refuse` when the request has not arrived in time, and ends the connection. */
export function watchArrival(request: FastifyRequest, reply: FastifyReply, refuse: () => void): void {
  const { raw } = request;
  if (raw.complete) return;
  const upload = UPLOADS.has(`${request.method} ${request.routeOptions.url ?? ''}`);
  let received = raw.socket.bytesRead;
  const giveUp = (): void => {
    if (raw.complete || raw.destroyed) return;
    // A file that is still coming, for somebody whom nobody has refused yet.
    if (upload && !reply.sent && raw.socket.bytesRead > received) {
      received = raw.socket.bytesRead;
      timer = setTimeout(giveUp, SILENCE_MS).unref();
      return;
    }
    if (!reply.sent) refuse();
    setTimeout(() => raw.destroy(), FAREWELL_MS).unref();
  };
  let timer = setTimeout(giveUp, upload ? SILENCE_MS : ARRIVAL_MS).unref();
  const forget = (): void => clearTimeout(timer);
  raw.once('end', forget).once('close', forget);
}
