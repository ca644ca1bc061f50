/**
 * The OpenAPI document of the running application can be used: it is complete, and its own examples fit its schemas.
 * That the committed copy is current is checked by `node bin/openapi.mjs --check`, a step of `npm run check`.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { routeTable } from '../../src/access/route-table.js';
import { documentOf } from '../../src/service.js';
import { anApp, type AnApp } from '../house/an-app.js';

type Json = Record<string, unknown>;
interface Place {
  readonly path: string;
  readonly schema: Json;
  readonly examples: readonly unknown[];
}

/** Every node that has an example beside what says how it must be. */
function placesWithExamples(node: unknown, path = '#'): readonly Place[] {
  if (typeof node !== 'object' || node === null) return [];
  const { example, examples, schema } = node as Json;
  const deeper = Object.entries(node)
    .filter(([key]) => !['example', 'examples', 'enum', 'default'].includes(key))
    .flatMap(([key, child]) => placesWithExamples(child, `${path}/${key}`));
  const own = [
    ...(example === undefined ? [] : [example]),
    ...(Array.isArray(examples) ? (examples as unknown[]) : []),
    ...(examples && !Array.isArray(examples)
      ? Object.values(examples as Record<string, { value?: unknown }>).flatMap((one) => one.value ?? [])
      : []),
  ];
  return own.length === 0 ? deeper : [{ path, schema: (schema ?? node) as Json, examples: own }, ...deeper];
}

describe('the OpenAPI document', () => {
  let service: AnApp;
  let document: Json;
  let misfits: (schema: Json, example: unknown) => string | null;

  beforeAll(async () => {
    service = await anApp();
    document = JSON.parse(JSON.stringify(documentOf(service.app, service.config))) as Json;
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    (formats as unknown as (ajv: Ajv2020) => void)(ajv);
    ajv.addSchema(document, 'api');
    misfits = (schema, example) => {
      const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
      const { example: _one, examples: _many, ...plain } = JSON.parse(text) as Json;
      return ajv.validate(plain, example) ? null : ajv.errorsText(ajv.errors);
    };
  });
  afterAll(() => service.stop());

  it('describes every route of the application, each under a name of its own', () => {
    const paths = document['paths'] as Record<string, Record<string, { operationId: string }>>;
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const names = Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(described.sort()).toEqual(routeTable(service.app).map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('has examples that fit its own schemas', () => {
    const places = placesWithExamples(document);
    expect(places.length).toBeGreaterThan(20);
    const wrong = places.flatMap(({ path, schema, examples }) =>
      examples.flatMap((example) => misfits(schema, example) ?? []).map((why) => `${path}: ${why}`),
    );
    expect(wrong).toEqual([]);
  });

  it('would not pass over an example that does not fit', () => {
    const planted = placesWithExamples({ a: { schema: { type: 'integer' }, example: 'many' } });
    expect(planted.map(({ schema, examples }) => misfits(schema, examples[0]))).toEqual([expect.stringMatching(/integer/)]);
  });

  it('refers only to what it has', () => {
    const schemas = (document['components'] as Json)['schemas'] as Json;
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.map(([, name]) => name ?? '').filter((name) => !(name in schemas))).toEqual([]);
  });
});
