/**
 * The OpenAPI 3.1 document, written from the running application and completed here with what holds for every route:
 * who may call, which headers travel, how refusals look. `npm run check` fails when the committed copy differs.
 */
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { rolesWith, type Permission } from '#lib/access';
import { closedBody, ProblemView } from './openapi-types.js';

type Json = Record<string, unknown>;
interface Operation extends Json {
  operationId: string;
  responses: Record<string, Json>;
  parameters?: Json[];
  security?: Json[];
  description?: string;
  requestBody?: Json;
}

/** What a route declares, found by the application (access/route-table.ts). */
export interface DeclaredRoute {
  readonly method: string;
  readonly path: string;
  readonly permission: Permission | null;
  readonly publicFor: string | null;
  /** When it asks for a fresh proof of who is asking; null for never. */
  readonly freshProof: string | null;
  readonly retryable: boolean;
  readonly versioned: boolean;
}

/** Codes of the vocabularies, areas and places that the shipped packs bring, for the examples and lists of codes. */
export type KnownCodes = (vocabulary: string) => readonly string[];

/** Permissions whose acts ask a coordinator, or everybody, why. */
const REASONED: ReadonlySet<Permission> = new Set(['case:read', 'case:amend', 'case:export', 'identity:read']);

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemView' } } };
const REFUSALS: Readonly<Record<string, string>> = {
  400: 'The request does not have the form this route reads.',
  401: 'Nobody is signed in, or the session has ended.',
  403: 'The role may not do this.',
  404: 'There is nothing here for this caller.',
  409: 'It clashes with what is recorded.',
  412: 'Somebody changed it meanwhile.',
  413: 'The request is too large.',
  415: 'The media type is not read here.',
  422: 'A rule of the domain refuses it.',
  428: 'If-Match is missing.',
  429: 'Too many requests; see Retry-After.',
  503: 'Try again; see Retry-After.',
  507: 'There is no room left to write.',
};

function refusalsOf(method: string, route: DeclaredRoute | undefined, path: string): string[] {
  const writes = method !== 'get';
  const codes = ['400', '404', '413', '415', '429', '503'];
  if (route?.publicFor === null) codes.push('401', '403');
  if (/sessions|setup/.test(path)) codes.push('401', '403', '409');
  if (writes) codes.push('409', '422', '507');
  if (route?.versioned) codes.push('412', '428');
  if (path.includes('figures') || path.includes('reports')) codes.push('422');
  return [...new Set(codes)].sort();
}

/** Lists of codes become `enum` where they are closed and complete; areas and places too, as the packs ship them. */
function withCodes(node: unknown, codes: KnownCodes): unknown {
  if (Array.isArray(node)) return node.map((item) => withCodes(item, codes));
  if (typeof node !== 'object' || node === null) return node;
  const { 'x-vocabulary': vocabulary, ...rest } = node as Json;
  const done = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withCodes(value, codes)]));
  if (typeof vocabulary !== 'string') return done;
  const known = codes(vocabulary);
  return known.length === 0 ? done : { ...done, enum: [...known] };
}

export function buildDocument(
  app: INestApplication,
  routes: readonly DeclaredRoute[],
  codes: KnownCodes,
): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Amparo')
    .setDescription('Case record, legal clocks and safe figures for organisations that document detention.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .setLicense('AGPL-3.0-only', 'https://www.gnu.org/licenses/agpl-3.0.html')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'An opaque access token from POST /v1/sessions.' },
      'session',
    )
    .build();
  const document = SwaggerModule.createDocument(app, builder, {
    extraModels: [ProblemView],
    operationIdFactory: (_controller, method) => method,
  });
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
      const route = routes.find((one) => one.method === method.toUpperCase() && one.path === path);
      completeOperation(method, path, operation, route);
    }
  }
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => [
    name,
    name.endsWith('Body') ? closedBody(name, schema) : schema,
  ]);
  const components = { ...document.components, schemas: Object.fromEntries(schemas) as object };
  const sorted = Object.fromEntries(Object.entries(document.paths).sort(([a], [b]) => a.localeCompare(b)));
  return withCodes({ ...document, paths: sorted, components }, codes) as OpenAPIObject;
}

function completeOperation(method: string, path: string, operation: Operation, route: DeclaredRoute | undefined): void {
  const permission = route?.permission ?? null;
  operation.security = permission === null ? [] : [{ session: [] }];
  const who =
    permission === null
      ? (route?.publicFor ?? '')
      : `Permission \`${permission}\`: ${rolesWith(permission).join(', ')}.`;
  operation.description = [operation.description, who].filter(Boolean).join('\n\n');
  operation.parameters = (operation.parameters ?? []).filter((parameter) => parameter['in'] !== 'header');
  if (route?.retryable)
    operation.parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      description: 'A UUID of the client; a repeat with the same key and body gets the first answer again.',
      schema: { type: 'string', format: 'uuid' },
    });
  if (route?.versioned)
    operation.parameters.push({
      name: 'If-Match',
      in: 'header',
      required: true,
      description: 'The ETag of the version being changed.',
      schema: { type: 'string', pattern: '^"\\d{1,9}"$' },
    });
  if (permission !== null && REASONED.has(permission))
    operation.parameters.push({
      name: 'X-Reason',
      in: 'header',
      required: false,
      description: 'Why identity is read or changed; percent-encoded UTF-8. Kept in the audit trail.',
      schema: { type: 'string', maxLength: 500 },
    });
  for (const code of refusalsOf(method, route, path))
    operation.responses[code] ??= { description: REFUSALS[code] ?? '', content: PROBLEM };
  const body = operation.requestBody?.['content'] as Record<string, Json> | undefined;
  if (method === 'patch' && body?.['application/json']) body['application/merge-patch+json'] = body['application/json'];
  // The framework lists a 201 or 200 without a schema for routes that declare another success.
  for (const [code, response] of Object.entries(operation.responses)) {
    const bare = code.startsWith('2') && !('content' in response) && response['description'] === '' && code !== '204';
    const another = Object.entries(operation.responses).some(
      ([other, one]) => other !== code && other.startsWith('2') && ('content' in one || other === '204'),
    );
    if (bare && another) delete operation.responses[code];
  }
}
