/** Corrections of master data by merge patch: the earlier value stays in the record as an amendment, with who and why. */
import { Inject, Injectable } from '@nestjs/common';
import { mayReadIdentity, type Caller } from '#lib/access';
import { sequenceFaults } from '#lib/custody';
import { Database, type Tx } from '#lib/database';
import { dayInZone, eventDate } from '#lib/time';
import type { Answer } from '../platform/answer.js';
import { NameIndex } from '../names/name-index.service.js';
import { Clock } from '../platform/clock.js';
import { type Keys } from '../platform/config.js';
import { KEYS } from '../platform/provided.js';
import { ReadingBudgetService } from '../reading/reading-budget.service.js';
import { requestProblems } from '../platform/validation/body.pipe.js';
import { checkVersion } from '../platform/versions.js';
import { bornOf, dateFrom, rowsIn, toCaseFile } from '../record/case-file.js';
import { CasePartsService } from '../record/case-parts.js';
import { partsOf } from '../record/case-parts.repository.js';
import { caseProblems } from '../record/case.problems.js';
import { codeFaults } from '../record/code-check.js';
import { FactsService } from '../record/facts.service.js';
import { matchPerson, storedKeysOf } from '../record/match-rows.js';
import { nextVersion } from '../record/person-files.repository.js';
import { lockForAct, type PersonFiles } from '../record/person-files.js';
import { Catalogue } from '../reference/catalogue.js';
import { changesIn, isSame, valuesOf, type Change } from './amendment-changes.js';
import { AmendmentsRepository } from './amendments.repository.js';
import { AmendCaseBody, type AmendIdentityBody, type AmendPersonBody } from './cases.dto.js';
import { amendmentProblems } from './cases.problems.js';
import { CasesService } from './cases.service.js';

/** A date of birth and a gender that the person told identify somebody. */
const RESTRICTED = new Set(['born', 'genderSelf']);

@Injectable()
export class AmendmentsService {
  constructor(
    private readonly database: Database,
    private readonly amendments: AmendmentsRepository,
    private readonly cases: CasesService,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly facts: FactsService,
    private readonly budget: ReadingBudgetService,
    private readonly names: NameIndex,
    private readonly parts: CasePartsService,
    @Inject(KEYS) private readonly keys: Keys,
  ) {}

  async amend(caller: Caller, caseId: string, expected: number, body: AmendCaseBody): Promise<Answer<Buffer>> {
    if (Object.values(body).every((value) => value === undefined)) throw amendmentProblems.nothingToChange({});
    const touchesIdentity = body.narrative !== undefined || body.person?.identity !== undefined;
    if (touchesIdentity && mayReadIdentity(caller) === 'with-reason') throw caseProblems.reasonNeeded({});
    // The answer shows the case, so whoever may read no more today changes nothing either.
    if (mayReadIdentity(caller) === 'yes') await this.budget.admit(caller);
    await this.database.write(caller, async (tx) => {
      const files = await lockForAct(tx, caller, caseId);
      const faults = codeFaults(this.catalogue, AmendCaseBody, body, files.file.country);
      if (faults.length > 0) throw requestProblems.invalid({}, faults);
      checkVersion(expected, files.file.version);
      const changes = [
        ...(await this.amendFile(tx, caller, files, body)),
        ...(await this.amendNarrative(tx, caller, caseId, body)),
        ...(await this.amendPerson(tx, caller, files, body.person)),
      ];
      await this.amendments.insertAmendments(tx, caller, caseId, changes, this.clock.now());
      await nextVersion(tx, files.file);
      if (changes.some((change) => change.field.startsWith('person.'))) {
        await this.facts.refresh(tx, files.all);
        await this.compareAgain(tx, caller, caseId);
      }
      await tx.audit('case.amended', { caseId, details: { fields: changes.map((change) => change.field) } });
    });
    this.names.changed([caseId]);
    return this.cases.read(caller, caseId);
  }

  private async amendFile(tx: Tx, caller: Caller, { file }: PersonFiles, body: AmendCaseBody): Promise<Change[]> {
    const { confidentiality, riskLevel, monitoring, externalId } = body;
    const changes = changesIn({ confidentiality, riskLevel, monitoring }, { ...file }, '', () => false);
    if (changes.length > 0) await this.amendments.amendFile(tx, file.id, valuesOf(changes));
    if (externalId === undefined || isSame(externalId, file.externalId)) return changes;
    await this.amendments.replaceExternalId(tx, caller.organisationId, file.id, file.externalId, externalId);
    return [...changes, { field: 'externalId', before: file.externalId, after: externalId, restricted: false }];
  }

  private async amendNarrative(tx: Tx, caller: Caller, caseId: string, body: AmendCaseBody): Promise<Change[]> {
    if (body.narrative === undefined) return [];
    const last = await this.amendments.latestTestimony(tx, caller.organisationId, caseId);
    if (isSame(last?.text, body.narrative)) return [];
    // Two accounts within one millisecond would leave open which is later.
    const recordedAt = new Date(Math.max(this.clock.now().getTime(), (last?.recordedAt.getTime() ?? 0) + 1));
    await this.amendments.insertTestimony(tx, caller, caseId, body.narrative, recordedAt);
    // The earlier text stays in its own row; the amendment need not repeat it.
    return [{ field: 'narrative', before: null, after: null, restricted: true }];
  }

  private async amendPerson(
    tx: Tx,
    { organisationId }: Caller,
    files: PersonFiles,
    patch: AmendPersonBody | undefined,
  ): Promise<Change[]> {
    if (patch === undefined) return [];
    const caseId = files.file.id;
    const person = await this.amendments.personOf(tx, organisationId, caseId);
    const { identity, ...fields } = patch;
    const changes = changesIn(fields, person.known, 'person.', (field) => RESTRICTED.has(field));
    if (changes.length > 0) await this.amendments.amendPerson(tx, organisationId, caseId, person.id, valuesOf(changes));
    if (patch.born) await this.checkBirth(tx, files, patch.born);
    return [...changes, ...(await this.amendIdentity(tx, organisationId, caseId, person.id, identity))];
  }

  /** A date of birth that lies after the arrest is refused like any other impossible order. */
  private async checkBirth(tx: Tx, { file: { id, country } }: PersonFiles, born: string): Promise<void> {
    const zone = this.catalogue.zoneOf(country);
    const file = toCaseFile([id], await partsOf(tx, [id]), zone);
    const today = dayInZone(this.clock.now().getTime(), zone);
    const faults = sequenceFaults({ ...file, events: [] }, file.events, { today, born: eventDate(born) }).filter(
      (fault) => fault.otherKind === 'birth',
    );
    if (faults[0])
      throw caseProblems.invalid({}, [
        { pointer: '/person/born', code: faults[0].code, detail: faults[0].sentences.en },
      ]);
  }

  private async amendIdentity(
    tx: Tx,
    organisationId: string,
    caseId: string,
    personId: string,
    patch: AmendIdentityBody | undefined,
  ): Promise<Change[]> {
    if (patch === undefined) return [];
    const known = await this.amendments.identityOf(tx, organisationId, caseId);
    const changes = changesIn(patch, known, 'person.identity.', () => true);
    if (changes.length > 0)
      await this.amendments.amendIdentity(tx, organisationId, caseId, personId, valuesOf(changes));
    return changes;
  }

  /** The person may now be recognised by other things: duplicates are looked for again, by keys made anew. */
  private async compareAgain(tx: Tx, caller: Caller, caseId: string): Promise<void> {
    const parts = await this.parts.forReading(tx, [caseId]);
    const [person, arrest] = [rowsIn(parts, 'person')[0], rowsIn(parts, 'arrest')[0]];
    if (!person) return;
    const identity = await this.amendments.identityOf(tx, caller.organisationId, caseId);
    const name = (field: string): string | undefined => (identity[field] as string | null | undefined) ?? undefined;
    const known = matchPerson(
      {
        sex: String(person['sex']),
        born: bornOf(person)?.edtf,
        ageAtArrest: (person['age_at_arrest'] as number | null) ?? undefined,
      },
      { givenNames: name('givenNames'), familyNames: name('familyNames'), documentNumber: name('documentNumber') },
      arrest ? (dateFrom(arrest, 'at')?.edtf ?? null) : null,
      String(arrest?.['area'] ?? 'UNKNOWN'),
      this.catalogue,
    );
    const key = this.keys.match;
    const stored = key === null ? [] : storedKeysOf(known, name('aliases') ?? null, key);
    await this.amendments.replaceMatchKeys(tx, caller.organisationId, caseId, stored, this.clock.now());
  }
}
