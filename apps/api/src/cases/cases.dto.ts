import { ApiBodyNeeds } from '../platform/openapi-types.js';
import { PageQuery, QueryDay, QueryText, QueryWord } from '../platform/paging.js';
import {
  Code,
  CODE_PATTERN,
  Codes,
  EventDate,
  FreeText,
  NameText,
  PhoneText,
  Nested,
  OneOf,
  Whole,
} from '../platform/validation/fields.js';
import { ExternalIdText, NARRATIVE_MAX } from '../record/case.dto.js';

const OPTIONAL = { required: false } as const;
export const CONFIDENTIALITY = ['PUBLIC', 'TEAM', 'LEGAL_PRIVILEGED', 'RESTRICTED_NAMES', 'SEALED'] as const;

/** Merge patch of a person: absent leaves, null removes. */
export class AmendIdentityBody {
  @NameText({ ...OPTIONAL, nullable: true, max: 200 })
  givenNames?: string | null;

  @NameText({ ...OPTIONAL, nullable: true, max: 200 })
  familyNames?: string | null;

  @NameText({ ...OPTIONAL, nullable: true, max: 200 })
  aliases?: string | null;

  @NameText({ ...OPTIONAL, nullable: true, max: 40 })
  documentType?: string | null;

  @NameText({ ...OPTIONAL, nullable: true, max: 60 })
  documentNumber?: string | null;

  @FreeText({ ...OPTIONAL, nullable: true, max: 500 })
  address?: string | null;

  @PhoneText({ ...OPTIONAL, nullable: true, max: 60 })
  phone?: string | null;
}

export class AmendPersonBody {
  @Code('SEX', OPTIONAL)
  sex?: string;

  @Code('GENDER_SELF', { ...OPTIONAL, nullable: true })
  genderSelf?: string | null;

  @EventDate({ ...OPTIONAL, nullable: true })
  born?: string | null;

  @Whole({ min: 0, max: 120 }, { ...OPTIONAL, nullable: true })
  ageAtArrest?: number | null;

  @Whole({ min: 0, max: 20 }, { ...OPTIONAL, nullable: true })
  ageMargin?: number | null;

  @Code('OCCUPATION', OPTIONAL)
  occupation?: string;

  @Codes('VULNERABILITY', OPTIONAL)
  vulnerabilities?: string[];

  @Nested(() => AmendIdentityBody, OPTIONAL)
  identity?: AmendIdentityBody;
}

@ApiBodyNeeds({ minProperties: 1 })
export class AmendCaseBody {
  @ExternalIdText({ nullable: true })
  externalId?: string | null;

  @Nested(() => AmendPersonBody, OPTIONAL)
  person?: AmendPersonBody;

  @FreeText({ ...OPTIONAL, max: NARRATIVE_MAX, blank: true })
  narrative?: string;

  @OneOf(CONFIDENTIALITY, OPTIONAL)
  confidentiality?: string;

  @Code('RISK_LEVEL', OPTIONAL)
  riskLevel?: string;

  @Code('MONITORING', OPTIONAL)
  monitoring?: string;
}

export const CASE_SORTS = ['-arrestedAt', 'arrestedAt', '-recordedAt', 'recordedAt'] as const;
const CODE = CODE_PATTERN;

export class ListCasesQuery extends PageQuery {
  @QueryText(CODE, { vocabulary: 'ARREST_LEGAL' })
  legalGround?: string;

  @QueryText(CODE, { vocabulary: 'ARREST_BASIS' })
  basis?: string;

  @QueryText('^([A-Z]{2}(-[A-Z0-9]+){1,4}|UNKNOWN)$', {
    vocabulary: 'AREA',
    description: 'An area of any level; what lies in it is included.',
  })
  area?: string;

  @QueryText(CODE, { vocabulary: 'FORCE' })
  force?: string;

  @QueryText('^([A-Z]{2}(-[A-Z0-9]+){1,4}|[A-Z][A-Z_]{1,59})$', {
    vocabulary: 'PLACE',
    description: 'The last known place of custody.',
  })
  place?: string;

  @QueryText(CODE, { vocabulary: 'SEX' })
  sex?: string;

  @QueryText(CODE, { vocabulary: 'STAGE' })
  stage?: string;

  @QueryText(CODE, { vocabulary: 'AGE_BAND' })
  ageBand?: string;

  @QueryText(CODE, { vocabulary: 'VERIFICATION' })
  verification?: string;

  @QueryDay({
    description: 'Arrests that may have been on this day or later.',
    example: '2022-03-27',
  })
  arrestedFrom?: string;

  @QueryDay({
    description: 'Arrests that may have been on this day or earlier.',
    example: '2023-03-27',
  })
  arrestedTo?: string;

  @QueryText('^[\\x21-\\x7e]([\\x20-\\x7e]{0,198}[\\x21-\\x7e])?$')
  externalId?: string;

  @QueryText('^(me|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$', {
    description: 'Assigned to this user, or to `me`.',
    example: 'me',
  })
  assignedTo?: string;

  @QueryWord(CASE_SORTS, 'Order; `-arrestedAt` (latest arrest first) when left out.')
  sort?: (typeof CASE_SORTS)[number];
}
