/** Bytes as they are, to a port: for requests that no well-behaved client would send. */
import { connect } from 'node:net';

/** Writes the pieces one after another and resolves with everything that came back when the other side has ended. */
export function connectTo(baseUrl: string, ...pieces: readonly (string | Buffer)[]): Promise<string> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((done) => {
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (piece) => (received += String(piece)));
    // A reset counts as an end: what had come before it is the answer.
    socket.on('error', () => undefined);
    socket.once('close', () => done(received));
    socket.once('connect', () => {
      for (const piece of pieces) socket.write(piece);
    });
  });
}

/** How many answers stand in what came back. */
export const answersIn = (received: string): readonly number[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** The headers of the first answer. */
export function headersOf(received: string): Readonly<Record<string, string>> {
  const head = received.split('\r\n\r\n', 1)[0]!.split('\r\n').slice(1);
  return Object.fromEntries(
    head.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}
