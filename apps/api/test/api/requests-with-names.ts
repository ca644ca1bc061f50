/**
 * Requests made from the API's own document, with a name in every place where a client can put one: each field of each
 * body, the path, the query, the headers, and bodies that cannot be read. Nearly all of them are refused, which is the
 * point: a refusal is where a service is tempted to repeat what it was sent.
 */
import { randomUUID } from 'node:crypto';

type Json = Readonly<Record<string, unknown>>;
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Json }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
}
interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly anyOf?: readonly Json[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly items?: Json;
  readonly format?: string;
  readonly pattern?: string;
}
export interface NamedRequest {
  readonly operation: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A field or parameter that no route knows. A refusal names the place of a fault, so it repeats this, but not what it held. */
const NOBODY_KNOWS = 'nobodyKnowsThis';

/** Operations that would end the sessions of those who ask. */
const LEFT_OUT = new Set(['signOut', 'signOutEverywhere', 'revokeEverybody', 'travel']);
const DEEPEST = 6;

/** A body that has the form of the schema: names where text may stand, and what the document allows elsewhere. */
function shaped(document: Document, schema: Json, name: string, depth = 0): unknown {
  const { $ref, allOf, oneOf, anyOf, type, properties, items, format, pattern } = schema as Schema;
  if (depth > DEEPEST) return name;
  if (typeof $ref === 'string')
    return shaped(document, document.components.schemas[$ref.split('/').at(-1)!]!, name, depth + 1);
  const part = (allOf ?? oneOf ?? anyOf)?.[0];
  if (part) return shaped(document, part, name, depth + 1);
  if (properties)
    return Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [key, shaped(document, value, name, depth + 1)]),
    );
  if (items) return [shaped(document, items, name, depth + 1)];
  if (schema['enum']) return (schema['enum'] as unknown[])[0];
  if (type === 'integer' || type === 'number') return 7;
  if (type === 'boolean') return true;
  if (format === 'uuid') return randomUUID();
  if (format === 'email') return `${name}@example.org`;
  return pattern === undefined ? name : '2022-05-03';
}

/** The same form with the name in place of everything that is no object. */
function spoilt(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return [...value.map((one) => spoilt(one, name)), name];
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries([
      ...Object.entries(value).map(([key, one]) => [key, spoilt(one, name)]),
      [NOBODY_KNOWS, name],
    ]);
  return name;
}

/** One body for each field, with the name in that field only and the rest as it should be. */
const oneByOne = (body: unknown, name: string): readonly unknown[] =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.keys(body).map((key) => ({ ...body, [key]: name }))
    : [];

/** Every request, for somebody who works on the case at `casePath`. `name` is any text, `plain` its letters only. */
export function requestsWithNames(
  document: Document,
  caseId: string,
  { name, plain }: { readonly name: string; readonly plain: string },
): readonly NamedRequest[] {
  const requests: NamedRequest[] = [];
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      if (LEFT_OUT.has(operation.operationId)) continue;
      const real = path.replace('{caseId}', caseId).replace(/\{\w+\}/g, randomUUID());
      const named = path.replace(/\{\w+\}/g, encodeURIComponent(name));
      const query = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'query')
        .map((parameter) => `${parameter.name}=${encodeURIComponent(name)}`);
      const add = (target: string, headers: Readonly<Record<string, string>> = {}, body?: string): void => {
        const all = { 'idempotency-key': randomUUID(), 'if-match': '"1"', ...headers };
        requests.push({
          operation: operation.operationId,
          method: method.toUpperCase(),
          target,
          headers: all,
          ...(body === undefined ? {} : { body }),
        });
      };
      if (named !== path) add(named);
      add(`${real}?${NOBODY_KNOWS}=${plain}`);
      if (query.length > 0) add(`${real}?${query.join('&')}`);
      for (const header of [
        'authorization',
        'idempotency-key',
        'if-match',
        'x-reason',
        'accept',
        'user-agent',
        'cookie',
        'content-type',
      ])
        add(real, { [header]: header === 'authorization' ? `Bearer ${plain}` : plain });
      const json = operation.requestBody?.content['application/json']?.schema;
      if (json === undefined) continue;
      const type = { 'content-type': 'application/json' };
      const body = shaped(document, json, name);
      const bodies = [body, spoilt(body, name), ...oneByOne(body, name), [name], name, { [NOBODY_KNOWS]: name }];
      for (const one of bodies) add(real, type, JSON.stringify(one));
      for (const text of [
        `{"${plain}`,
        plain,
        `{"a":"${plain}\\u0000"}`,
        `{"__proto__":"${plain}"}`,
        `{"a":"${plain}\\ud800"}`,
      ])
        add(real, type, text);
      add(real, { 'content-type': `text/${plain}` }, plain);
    }
  return requests;
}
