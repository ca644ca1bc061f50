/** How long a request may take to arrive. Time is put forward, not waited for. */
import { jest } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventEmitter } from 'node:events';
import { watchArrival } from './arrival.js';

class Raw extends EventEmitter {
  complete = false;
  destroyed = false;
  readonly socket = { bytesRead: 100 };
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

function arriving(method = 'POST', url = '/v1/cases') {
  const raw = new Raw();
  const reply = { sent: false };
  const refuse = jest.fn(() => (reply.sent = true));
  const request = { raw, method, routeOptions: { url } };
  watchArrival(request as unknown as FastifyRequest, reply as FastifyReply, refuse);
  return { raw, reply, refuse };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a request', () => {
  it('that has arrived is left alone', () => {
    const { raw, refuse } = arriving();
    raw.complete = true;
    raw.emit('end');
    jest.advanceTimersByTime(3_600_000);
    expect(refuse).not.toHaveBeenCalled();
    expect(raw.destroyed).toBe(false);
  });

  it('that has not arrived after fifteen seconds is refused, and its connection ends, however steadily it comes', () => {
    const { raw, refuse } = arriving();
    for (let second = 0; second < 14; second++) {
      raw.socket.bytesRead += 1;
      jest.advanceTimersByTime(1_000);
    }
    expect(refuse).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1_000);
    expect(refuse).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(100);
    expect(raw.destroyed).toBe(true);
  });

  it('that was answered before it had arrived is not answered twice, and its connection ends all the same', () => {
    const { raw, reply, refuse } = arriving();
    reply.sent = true;
    jest.advanceTimersByTime(15_100);
    expect(refuse).not.toHaveBeenCalled();
    expect(raw.destroyed).toBe(true);
  });
});

describe('an upload', () => {
  it('may take long while it keeps coming', () => {
    const { raw, refuse } = arriving('POST', '/v1/imports');
    for (let minute = 0; minute < 20; minute++) {
      raw.socket.bytesRead += 1_000;
      jest.advanceTimersByTime(60_000);
    }
    expect(refuse).not.toHaveBeenCalled();
  });

  it('that brings nothing for two minutes is given up', () => {
    const { raw, refuse } = arriving('POST', '/v1/imports');
    raw.socket.bytesRead += 1_000;
    jest.advanceTimersByTime(60_000);
    jest.advanceTimersByTime(60_100);
    expect(refuse).toHaveBeenCalledTimes(1);
    expect(raw.destroyed).toBe(true);
  });

  it('of somebody who was refused already is read no further', () => {
    const { raw, reply } = arriving('POST', '/v1/imports');
    reply.sent = true;
    raw.socket.bytesRead += 1_000_000;
    jest.advanceTimersByTime(60_100);
    expect(raw.destroyed).toBe(true);
  });
});
