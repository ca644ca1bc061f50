/** Shapes that many routes share, said once for the OpenAPI document. */
import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiProperty, getSchemaPath, type ApiResponseOptions } from '@nestjs/swagger';

const SAID = new Map<string, Readonly<Record<string, unknown>>>();

/** Says of a body what none of its fields can say: that one of several must be there, or any at all. */
export const ApiBodyNeeds =
  (keywords: Readonly<Record<string, unknown>>): ClassDecorator =>
  ({ name }) => {
    SAID.set(name, keywords);
  };

/** The schema of a body: no fields but its own, which the pipe refuses, and what it says of itself. */
export const closedBody = (name: string, schema: object): object => ({
  ...schema,
  additionalProperties: false,
  ...SAID.get(name),
});

/**
 * A page of a collection: `{ items, next }`, where `next` is the cursor of the following page or null. `textMedia` are
 * the media types in which the whole collection can be had as text.
 */
export function ApiPage(item: Type<unknown>, textMedia: readonly string[] = []): MethodDecorator {
  const schema = {
    type: 'object',
    required: ['items', 'next'],
    properties: {
      items: { type: 'array', items: { $ref: getSchemaPath(item) } },
      next: { type: 'string', nullable: true, description: 'Cursor of the next page, or null on the last one.' },
    },
    additionalProperties: false,
  };
  const text = textMedia.map((media) => [media, { schema: { type: 'string' } }] as const);
  return applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({ content: Object.fromEntries([['application/json', { schema }], ...text]) } as ApiResponseOptions),
  );
}

export class FaultView {
  @ApiProperty({ type: 'string', description: 'JSON Pointer into the body, or the name of a query parameter.' })
  pointer!: string;

  @ApiProperty({ type: 'string' })
  code!: string;

  @ApiProperty({ type: 'string' })
  detail!: string;
}

/** RFC 9457 problem details. */
export class ProblemView {
  @ApiProperty({ type: 'string', format: 'uri' })
  type!: string;

  @ApiProperty({ type: 'string' })
  title!: string;

  @ApiProperty({ type: 'integer' })
  status!: number;

  @ApiProperty({ type: 'string', description: 'Stable code of the problem.', example: 'request.invalid' })
  code!: string;

  @ApiProperty({ type: 'string', description: 'One sentence for a person. Never repeats what was sent.' })
  detail!: string;

  @ApiProperty({ type: 'string' })
  requestId!: string;

  @ApiProperty({ type: [FaultView], required: false })
  errors?: FaultView[];
}
