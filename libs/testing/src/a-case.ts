/**
 * Cases that read as speech. A builder fills only what the service demands; the rest is said in the test.
 *
 * @example
 *   const file = await aCase().arrestedOn('2022-05-03').seenByJudgeOn('2022-05-06').recordedBy(as('caseworker'));
 */
import { randomUUID } from 'node:crypto';
import type { Agent } from './agent.js';

type Fields = Readonly<Record<string, unknown>>;

/** The body of `POST /v1/cases`, open enough to be wrong on purpose. */
export interface CaseBody {
  readonly externalId?: string;
  readonly person: Fields;
  readonly arrest: Fields;
  readonly consents: readonly string[];
  readonly source: Fields;
  readonly narrative?: string;
}

export interface RecordedEvent {
  readonly path: string;
  readonly id: string;
}

/** A case on record. */
export interface RecordedCase {
  readonly id: string;
  readonly number: string;
  readonly externalId: string | null;
  /** Address of the case. */
  readonly path: string;
  /** Version after the last event. */
  readonly version: number;
  /** What was recorded with it, in order. */
  readonly events: readonly RecordedEvent[];
}

const NOTHING_SPECIAL: CaseBody = {
  person: { sex: 'M' },
  arrest: { at: '2022-05-03', area: 'SV-SS-SOYAPANGO', legalGround: 'NONE', bases: ['ANON_TIP'], forces: ['PNC'] },
  consents: ['INTERNAL_CASE', 'ANON_STATISTICS'],
  source: { type: 'RELATIVE' },
};

export class CaseBuilder {
  constructor(
    readonly body: CaseBody,
    private readonly events: readonly { readonly path: string; readonly body: Fields }[] = [],
  ) {}

  private with(part: Partial<CaseBody>): CaseBuilder {
    return new CaseBuilder({ ...this.body, ...part }, this.events);
  }

  /** The id that another system gave it; a random one when left out. */
  known(externalId: string = randomUUID()): CaseBuilder {
    return this.with({ externalId });
  }

  of(person: Fields): CaseBuilder {
    return this.with({ person: { ...this.body.person, ...person } });
  }

  named(givenNames: string, familyNames: string, documentNumber?: string): CaseBuilder {
    return this.of({ identity: { givenNames, familyNames, ...(documentNumber ? { documentNumber } : {}) } });
  }

  arrestedOn(at: string, more: Fields = {}): CaseBuilder {
    return this.with({ arrest: { ...this.body.arrest, at, ...more } });
  }

  arrestedIn(area: string): CaseBuilder {
    return this.with({ arrest: { ...this.body.arrest, area } });
  }

  consentingTo(...consents: readonly string[]): CaseBuilder {
    return this.with({ consents });
  }

  toldBy(source: Fields): CaseBuilder {
    return this.with({ source: { ...this.body.source, ...source } });
  }

  saying(narrative: string): CaseBuilder {
    return this.with({ narrative });
  }

  /** Any event: the last part of its address, and its body. */
  and(path: string, body: Fields): CaseBuilder {
    return new CaseBuilder(this.body, [...this.events, { path, body }]);
  }

  heldAt(place: string, at: string): CaseBuilder {
    return this.and('custody-spells', { at, place });
  }

  seenByJudgeOn(at: string): CaseBuilder {
    return this.and('hearings', { at, stage: 'MEASURES_HEARING', mode: 'IN_PERSON' });
  }

  releasedOn(at: string): CaseBuilder {
    return this.and('releases', { at, release: 'RELEASED_MEASURES' });
  }

  diedOn(at: string, more: Fields = {}): CaseBuilder {
    return this.and('deaths', { at, ...more });
  }

  /** Records the case and what happened, over HTTP. */
  async recordedBy(agent: Agent): Promise<RecordedCase> {
    const created = (await agent.post('/v1/cases', this.body).expect(201)).body as Omit<RecordedCase, 'path'>;
    const path = `/v1/cases/${created.id}`;
    let version = 1;
    const events: RecordedEvent[] = [];
    for (const event of this.events) {
      const { body } = await agent.post(`${path}/${event.path}`, event.body).expect(201);
      const recorded = body as { id: string; version: number };
      events.push({ path: event.path, id: recorded.id });
      version = recorded.version;
    }
    const { id, number, externalId } = created;
    return { id, number, externalId, path, version, events };
  }
}

/** A man arrested in Soyapango on 3 May 2022, told by a relative; whatever matters is said on top. */
export const aCase = (): CaseBuilder => new CaseBuilder(NOTHING_SPECIAL);
