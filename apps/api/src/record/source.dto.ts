/** Who or what tells us something, graded; who it is stands apart from what is graded. */
import { Code, EventDate, FreeText, NameText, PhoneText } from '../platform/validation/fields.js';

const OPTIONAL = { required: false } as const;

export class RecordSourceBody {
  @Code('SOURCE_TYPE')
  type!: string;

  @Code('RELATION', OPTIONAL)
  relation?: string;

  @Code('SOURCE_RELIABILITY', OPTIONAL)
  reliability?: string;

  @Code('INFO_CREDIBILITY', OPTIONAL)
  credibility?: string;

  @EventDate({
    ...OPTIONAL,
    description: 'Last day on which this source knew the state of the case; the day of recording when left out.',
  })
  informedOn?: string;

  @NameText({ ...OPTIONAL, max: 20, description: 'Language of the account, BCP 47.' })
  language?: string;

  @NameText({
    ...OPTIONAL,
    max: 200,
    description: 'Name of the source. Identity: read only by those who may, and every reading is audited.',
  })
  name?: string;

  @PhoneText({ ...OPTIONAL, max: 60 })
  phone?: string;

  @FreeText({ ...OPTIONAL, max: 500 })
  address?: string;
}
