/**
 * Stand-ins: an account of the same name, address and roles in an organisation of the same name and acronym in which there
 * is nothing. A session that begins there is empty by the same rules that keep organisations apart, in every list, count,
 * figure and search, also in those that will be written tomorrow.
 */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database, type Tx } from '#lib/database';

/** Until two colleagues restore it. */
export const WITHOUT_END = new Date('9999-12-31T00:00:00Z');

@Injectable()
export class StandInsRepository {
  constructor(private readonly database: Database) {}

  /** Makes sure that somebody has a stand-in; its id. */
  async ensure(tx: Tx, userId: string): Promise<string> {
    const known = await tx.prisma.appUser.findFirst({ where: { standsInFor: userId }, select: { id: true } });
    if (known) return known.id;
    const real = await tx.prisma.appUser.findFirstOrThrow({
      where: { id: userId },
      include: { organisation: true, office: true },
    });
    const [id, organisationId, officeId] = [randomUUID(), randomUUID(), real.office ? randomUUID() : null];
    const { name, acronym, country } = real.organisation;
    await tx.prisma.organisation.create({
      data: { id: organisationId, name, acronym, country, standsInFor: real.organisationId },
    });
    if (real.office && officeId)
      await tx.prisma.office.create({
        data: { id: officeId, organisationId, name: real.office.name, country: real.office.country },
      });
    const { email, displayName, roles } = real;
    await tx.prisma.appUser.create({
      // No record opens a stand-in; it is entered by the password of whom it stands in for.
      data: { id, organisationId, officeId, email, displayName, roles, passwordHash: 'none', standsInFor: userId },
    });
    return id;
  }

  /** Whether an account is a stand-in. */
  async isStandIn(userId: string): Promise<boolean> {
    return (await this.database.prisma.appUser.count({ where: { id: userId, standsInFor: { not: null } } })) > 0;
  }

  /** Suspends a scope until a moment; earlier words for giving it back are forgotten. */
  async suspend(tx: Tx, userId: string, until: Date): Promise<void> {
    await tx.prisma.appUser.updateMany({ where: { id: userId, standsInFor: null }, data: { suspendedUntil: until } });
    await tx.prisma.scopeRestoration.deleteMany({ where: { userId } });
  }

  /** Until when the scope of somebody in an organisation is suspended; undefined when there is no such person. Locks it. */
  async suspensionOf(tx: Tx, userId: string, organisationId: string): Promise<Date | null | undefined> {
    await tx.prisma.$queryRaw`select id from app_user where id = ${userId}::uuid for update`;
    const found = await tx.prisma.appUser.findFirst({ where: { id: userId, organisationId } });
    return found ? found.suspendedUntil : undefined;
  }

  /** One colleague's word for giving a scope back; how many there are now. */
  async speakFor(tx: Tx, userId: string, byId: string, at: Date): Promise<number> {
    await tx.prisma.scopeRestoration.createMany({ data: [{ userId, byId, at }], skipDuplicates: true });
    return tx.prisma.scopeRestoration.count({ where: { userId } });
  }

  async restore(tx: Tx, userId: string): Promise<void> {
    await tx.prisma.appUser.updateMany({ where: { id: userId }, data: { suspendedUntil: null } });
    await tx.prisma.scopeRestoration.deleteMany({ where: { userId } });
  }

  async standInOf(tx: Tx, userId: string): Promise<string | null> {
    return (await tx.prisma.appUser.findFirst({ where: { standsInFor: userId }, select: { id: true } }))?.id ?? null;
  }
}
