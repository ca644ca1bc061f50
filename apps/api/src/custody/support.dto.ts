/** What stands beside the events of a case: what was consented to, notes, how well it is supported, which account is used. */
import { CalendarDay, Code, EventDate, FreeText, Id, NameText } from '../platform/validation/fields.js';

const OPTIONAL = { required: false } as const;

export class RecordConsentBody {
  @Code('CONSENT_USE')
  use!: string;

  @Code('CONSENT_STATE', { ...OPTIONAL, description: 'GIVEN when left out.' })
  state?: string;

  @Code('CONSENT_GIVER', OPTIONAL)
  giver?: string;

  @Code('CONSENT_FORM', OPTIONAL)
  form?: string;

  @NameText({ ...OPTIONAL, max: 20, description: 'Language in which it was asked, BCP 47.' })
  language?: string;

  @EventDate(OPTIONAL)
  givenOn?: string;

  @CalendarDay({ ...OPTIONAL, description: 'Last day on which it holds.' })
  expiresOn?: string;
}

export class RecordNoteBody {
  @FreeText({ max: 20_000 })
  text!: string;

  @Id({ ...OPTIONAL, description: 'The note that this one replaces in the reading.' })
  corrects?: string;
}

export class RecordVerificationBody {
  @Code('VERIFICATION')
  level!: string;

  @FreeText({ ...OPTIONAL, max: 2_000 })
  reason?: string;
}

export class ChooseAccountBody {
  @Id({ description: 'The account to use among those of one fact.' })
  eventId!: string;

  @FreeText({ max: 2_000 })
  reason!: string;
}
