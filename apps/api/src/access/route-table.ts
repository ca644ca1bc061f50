/** Every route of the running application with what it declares: the ground of the permission table and of OpenAPI. */
import { RequestMethod, type INestApplication } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { Permission } from '#lib/access';
import type { DeclaredRoute } from '../platform/openapi.js';
import { Retryable } from '../platform/idempotency.js';
import { PERMIT, PUBLIC, STEP_UP } from './decorators.js';

const join = (...parts: readonly string[]): string =>
  `/${parts
    .map((part) => part.replace(/^\/|\/$/g, ''))
    .filter((part) => part !== '')
    .join('/')}`;
const inOpenApiForm = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

interface Argument {
  readonly factory?: unknown;
  readonly data?: unknown;
}

export function routeTable(app: INestApplication): DeclaredRoute[] {
  const discovery = app.get(DiscoveryService, { strict: false });
  const scanner = app.get(MetadataScanner, { strict: false });
  const reflector = app.get(Reflector, { strict: false });
  return discovery
    .getControllers()
    .flatMap(({ instance, metatype }) => {
      if (!instance || !metatype) return [];
      const prefix = reflector.get<string>(PATH_METADATA, metatype) ?? '';
      return scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((name): DeclaredRoute[] => {
        const handler = (instance as Record<string, (...args: unknown[]) => unknown>)[name];
        const method = handler && (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined);
        if (!handler || method === undefined) return [];
        const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, metatype, name) ?? {}) as Record<string, Argument>;
        return [
          {
            method: RequestMethod[method],
            path: inOpenApiForm(join(prefix, Reflect.getMetadata(PATH_METADATA, handler) as string)),
            permission: (Reflect.getMetadata(PERMIT, handler) as Permission | undefined) ?? null,
            publicFor: (Reflect.getMetadata(PUBLIC, handler) as string | undefined) ?? null,
            freshProof: (Reflect.getMetadata(STEP_UP, handler) as string | undefined) ?? null,
            retryable: usesRetry(args),
            versioned: Object.values(args).some((argument) => argument.data === 'if-match'),
          },
        ];
      });
    })
    .sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}

/** Whether a parameter is decorated with `@Retryable()`. */
function usesRetry(args: Readonly<Record<string, Argument>>): boolean {
  const probe = {};
  Retryable()(probe, 'probe', 0);
  const own = Reflect.getMetadata(ROUTE_ARGS_METADATA, probe.constructor, 'probe') as
    Record<string, Argument> | undefined;
  const factory = Object.values(own ?? {})[0]?.factory;
  return Object.values(args).some((argument) => argument.factory !== undefined && argument.factory === factory);
}
