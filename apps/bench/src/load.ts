/** One turn of a load: as many requests as a number of connections can make in some seconds, none of which may fail. */
import autocannon from 'autocannon';

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What one turn measured. */
export interface Turn {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** What is asked for over and over; called anew for every request. */
export type NextRequest = () => Request;

export function turnOf(times: number[], seconds: number): Turn {
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}

/** A turn over HTTP. */
export async function overHttp(
  baseUrl: string,
  connections: number,
  seconds: number,
  next: NextRequest,
): Promise<Turn> {
  const times: number[] = [];
  let refused = '';
  const prepare = (request: object): object => Object.assign(request, next());
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const options = { url: baseUrl, connections, duration: seconds, requests: [{ setupRequest: prepare as never }] };
    const run = autocannon(options, (error: Error | null, found) => (error ? reject(error) : resolve(found)));
    run.on('response', (_client, status, _bytes, ms) => {
      if (status >= 200 && status < 300) times.push(ms);
      else refused ||= String(status);
    });
  });
  if (refused !== '' || result.errors > 0 || times.length === 0)
    throw new Error(
      `requests to ${baseUrl} failed: status ${refused || 'none'}, ${result.errors} errors, ${times.length} answers`,
    );
  return turnOf(times, result.duration);
}

/** A turn without a server: so many workers call the same statements one after the other. */
export async function overSql(workers: number, seconds: number, work: () => Promise<unknown>): Promise<Turn> {
  const times: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  const worker = async (): Promise<void> => {
    for (let now = performance.now(); now < end;) {
      await work();
      const after = performance.now();
      times.push(after - now);
      now = after;
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return turnOf(times, (performance.now() - began) / 1000);
}

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** The median of every number of some turns. */
export const medianTurn = (turns: readonly Turn[]): Turn => ({
  perSecond: median(turns.map((turn) => turn.perSecond)),
  p50: median(turns.map((turn) => turn.p50)),
  p99: median(turns.map((turn) => turn.p99)),
});
