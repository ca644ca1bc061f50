import { ApiProperty } from '@nestjs/swagger';
import { ApiBodyNeeds } from '../platform/openapi-types.js';
import { NameText, Whole } from '../platform/validation/fields.js';

const TEXT_OR_NULL = { type: 'string', nullable: true } as const;

/** What is searched for travels in the body, never in an address: addresses are written to logs. */
@ApiBodyNeeds({ anyOf: [{ required: ['name'] }, { required: ['documentNumber'] }] })
export class SearchPeopleBody {
  @NameText({
    required: false,
    max: 200,
    example: 'Chepe Menjibar',
    description: 'Names in any order and spelling: accents, swapped or missing surnames, slips, familiar forms.',
  })
  name?: string;

  @NameText({
    required: false,
    max: 60,
    description: 'The whole number of a document; spaces, hyphens, dots and the case of letters do not matter.',
  })
  documentNumber?: string;

  @Whole({ min: 1, max: 100 }, { required: false, description: 'How many at most; 20 when left out.' })
  limit?: number;
}

export class FoundPersonView {
  @ApiProperty({ type: 'string', format: 'uuid' }) caseId!: string;
  @ApiProperty({ type: 'string' }) number!: string;
  @ApiProperty(TEXT_OR_NULL) externalId!: string | null;
  @ApiProperty({ ...TEXT_OR_NULL, format: 'uuid', description: 'The file that absorbed this one.' })
  mergedInto!: string | null;
  @ApiProperty(TEXT_OR_NULL) givenNames!: string | null;
  @ApiProperty(TEXT_OR_NULL) familyNames!: string | null;
  @ApiProperty(TEXT_OR_NULL) aliases!: string | null;
  @ApiProperty({ type: 'number', description: 'From 0 to 1: how much of what was asked for is in the name.' })
  score!: number;
}
