/** Where a request to sign in comes from: its address and the device cookie it carries. */
import type { FastifyRequest } from 'fastify';
import { deviceIn, deviceName } from './device.js';
import type { Origin } from './sign-in.service.js';

export const originOf = (request: FastifyRequest): Origin => ({
  address: request.ip,
  device: deviceIn(request.headers.cookie),
  requestId: request.id,
});

/** What to call the device in the list of sessions: what the client says, or what its kind is. */
export const deviceNameOf = (request: FastifyRequest, said: string | undefined): string | null =>
  said ?? deviceName(request.headers['user-agent']);
