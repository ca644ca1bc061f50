/** Master data of a case as it stands, and the amendments by which it changed. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { Prisma, type Tx } from '#lib/database';
import { eventDate } from '#lib/time';
import { CaseSealing } from '../record/case-sealing.js';
import { column, fieldName } from '../record/event-rows.js';
import type { StoredKey } from '../record/match-rows.js';
import type { Change, Values } from './amendment-changes.js';

const json = (value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull =>
  value === null || value === undefined ? Prisma.DbNull : (value as Prisma.InputJsonValue);

/** Values under the names of their columns, and back under those that Prisma gives them. */
const renamed = (values: Values, name: (name: string) => string): Values =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [name(key), value]));

@Injectable()
export class AmendmentsRepository {
  constructor(private readonly sealing: CaseSealing) {}

  async amendFile(tx: Tx, caseId: string, values: Values): Promise<void> {
    await tx.prisma.caseFile.updateMany({ where: { id: caseId }, data: values });
  }

  /** An external id is unique within the organisation, in a table of its own. */
  async replaceExternalId(
    tx: Tx,
    organisationId: string,
    caseId: string,
    before: string | null,
    after: string | null,
  ): Promise<void> {
    if (before !== null) await tx.prisma.externalId.deleteMany({ where: { organisationId, externalId: before } });
    if (after !== null) await tx.prisma.externalId.create({ data: { organisationId, externalId: after, caseId } });
    await tx.prisma.caseFile.updateMany({ where: { id: caseId }, data: { externalId: after } });
  }

  async latestTestimony(
    tx: Tx,
    organisationId: string,
    caseId: string,
  ): Promise<{ readonly text: string; readonly recordedAt: Date } | null> {
    const found = await tx.prisma.testimony.findFirst({
      where: { caseId },
      orderBy: [{ recordedAt: 'desc' }, { id: 'desc' }],
      select: { id: true, text: true, recordedAt: true },
    });
    if (!found) return null;
    const opener = await this.sealing.openerIn(tx, organisationId, [caseId]);
    return { ...found, text: String(opener.value('testimony', 'text', caseId, found.id, found.text)) };
  }

  async insertTestimony(tx: Tx, caller: Caller, caseId: string, text: string, recordedAt: Date): Promise<void> {
    const id = randomUUID();
    const sealed = await this.sealing.sealRow(tx, caller.organisationId, 'testimony', { case_id: caseId, id, text });
    await tx.prisma.testimony.create({
      data: { caseId, id, text: String(sealed['text']), recordedAt, recordedBy: caller.userId },
    });
  }

  /** The person of a file, under the names of a merge patch. */
  async personOf(
    tx: Tx,
    organisationId: string,
    caseId: string,
  ): Promise<{ readonly id: string; readonly known: Values }> {
    const { id, sex, genderSelf, bornEdtf, ageAtArrest, ageMargin, occupation, vulnerabilities } =
      await tx.prisma.person.findFirstOrThrow({ where: { caseId } });
    const opener = await this.sealing.openerIn(tx, organisationId, [caseId]);
    const known = {
      sex,
      genderSelf: opener.value('person', 'gender_self', caseId, id, genderSelf),
      born: opener.value('person', 'born_edtf', caseId, id, bornEdtf),
      ageAtArrest,
      ageMargin,
      occupation,
      vulnerabilities,
    };
    return { id, known };
  }

  async amendPerson(
    tx: Tx,
    organisationId: string,
    caseId: string,
    personId: string,
    { born, genderSelf, ...values }: Values,
  ): Promise<void> {
    const identifying = {
      ...(born === undefined ? {} : { born_edtf: born === null ? null : eventDate(String(born)).edtf }),
      ...(genderSelf === undefined ? {} : { gender_self: genderSelf }),
    };
    const row = { case_id: caseId, id: personId, ...identifying };
    const { case_id: _case, id: _id, ...sealed } = await this.sealing.sealRow(tx, organisationId, 'person', row);
    const data = { ...values, ...renamed(sealed, fieldName) };
    await tx.prisma.person.updateMany({ where: { caseId, id: personId }, data });
  }

  async identityOf(tx: Tx, organisationId: string, caseId: string): Promise<Values> {
    const found = await tx.prisma.personIdentity.findFirst({ where: { caseId } });
    if (!found) return {};
    const opener = await this.sealing.openerIn(tx, organisationId, [caseId]);
    const {
      caseId: _caseId,
      personId: _personId,
      ...known
    } = renamed(opener.row('person_identity', renamed(found, column)), fieldName);
    return known;
  }

  async amendIdentity(tx: Tx, organisationId: string, caseId: string, personId: string, values: Values): Promise<void> {
    const row = { case_id: caseId, person_id: personId, ...renamed(values, column) };
    const sealed = await this.sealing.sealRow(tx, organisationId, 'person_identity', row);
    const { caseId: _caseId, personId: _personId, ...data } = renamed(sealed, fieldName);
    const changed = await tx.prisma.personIdentity.updateMany({ where: { caseId, personId }, data });
    if (changed.count === 0) await tx.prisma.personIdentity.create({ data: { caseId, personId, ...data } });
  }

  async insertAmendments(
    tx: Tx,
    caller: Caller,
    caseId: string,
    changes: readonly Change[],
    recordedAt: Date,
  ): Promise<void> {
    const rows = changes.map((change) => ({ case_id: caseId, id: randomUUID(), reason: caller.reason, ...change }));
    const sealed = await this.sealing.sealIn(tx, caller.organisationId, { amendment: rows });
    await tx.prisma.amendment.createMany({
      data: (sealed['amendment'] ?? []).map(({ id, field, before, after, restricted, reason }) => ({
        caseId,
        id: String(id),
        field: String(field),
        before: json(before),
        after: json(after),
        restricted: restricted === true,
        reason: reason as string | null,
        recordedAt,
        recordedBy: caller.userId,
      })),
    });
  }

  /** Puts new stored keys in the place of the old ones, and the file into the queue of files to compare. */
  async replaceMatchKeys(
    tx: Tx,
    organisationId: string,
    caseId: string,
    keys: readonly StoredKey[],
    since: Date,
  ): Promise<void> {
    await tx.prisma.matchKey.deleteMany({ where: { caseId } });
    await tx.prisma.matchKey.createMany({
      data: keys.map(({ key, searched }) => ({ organisationId, key: BigInt(key), caseId, searched })),
    });
    await tx.prisma.matchPending.createMany({
      data: [{ caseId, organisationId, jobId: null, since }],
      skipDuplicates: true,
    });
  }
}
