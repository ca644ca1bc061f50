/** What a route answers beside its body: status, version and address. Controllers return it, an interceptor sends it. */
import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, Observable } from 'rxjs';
import { enclosed } from './headers.js';

export interface AnswerHeaders {
  readonly status?: number;
  readonly etag?: string;
  readonly location?: string;
  readonly contentType?: string;
  readonly disposition?: string;
  /** Content-Security-Policy of a page that needs its own. */
  readonly policy?: string;
}

export class Answer<T = unknown> {
  constructor(
    readonly body: T,
    readonly headers: AnswerHeaders = {},
  ) {}
}

/** 201 with the address of what was made. */
export const created = <T>(body: T, location: string, etag?: string): Answer<T> =>
  new Answer(body, { status: 201, location, etag });

/** JSON that the database built; sent as it is. */
export const rawJson = (json: string, headers: AnswerHeaders = {}): Answer<Buffer> =>
  new Answer(Buffer.from(json, 'utf8'), { contentType: 'application/json; charset=utf-8', ...headers });

@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((value: unknown) => {
        if (!(value instanceof Answer)) return value;
        const { status, etag, location, contentType, disposition, policy } = value.headers;
        if (status !== undefined) reply.status(status);
        if (etag !== undefined) reply.header('etag', etag);
        if (location !== undefined) reply.header('location', location);
        if (contentType !== undefined) reply.header('content-type', contentType);
        if (disposition !== undefined) reply.header('content-disposition', disposition);
        if (policy !== undefined) reply.header('content-security-policy', enclosed(policy));
        return value.body as unknown;
      }),
    );
  }
}
