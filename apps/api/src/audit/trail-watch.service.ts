/**
 * Verifies the trail every night by itself, and tells the people of every organisation when something was found: a trail
 * that nobody looks at protects nobody. It goes over the whole trail beside serving; the next night begins from nothing
 * again, because whatever could be trusted from last night could have been changed since.
 */
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { verificationDue } from '#lib/trail';
import { AlertsService } from '../duress/alerts.service.js';
import { Worker } from '../jobs/worker.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { log } from '../platform/log.js';
import { trailFindings, trailVerifiedAt } from '../platform/metrics.js';
import { CONFIG } from '../platform/provided.js';
import type { Verification } from './verification.repository.js';
import { VerificationService } from './verification.service.js';

const LOOK_EVERY_MS = 60_000;
/** After a failure. */
const AGAIN_MS = 600_000;
const NEVER = 'off';
/** What the alert is called; its subject is the verification that found something. */
const ALERT = 'audit.finding';

@Injectable()
export class TrailWatch implements OnModuleInit {
  private lookAt = 0;
  private readonly since: Date;
  private underWay: Promise<void> | null = null;

  constructor(
    private readonly alerts: AlertsService,
    private readonly verifications: VerificationService,
    private readonly worker: Worker,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.since = clock.now();
  }

  onModuleInit(): void {
    // Not awaited by the worker: imports and reports go on while a long trail is read.
    this.worker.chore(async () => {
      this.underWay ??= this.look().finally(() => (this.underWay = null));
    });
  }

  /** Verifies if a verification is due. Two processes that do it at once read twice and tell once. */
  async look(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() < this.lookAt) return;
    this.lookAt = now.getTime() + LOOK_EVERY_MS;
    try {
      const last = await this.verifications.lastOne();
      if (last) measure(last);
      if (this.config.auditVerifyAt === NEVER) return;
      if (!verificationDue(now, this.config.auditVerifyAt, last?.at ?? this.since)) return;
      const { entries, findings, outside, milliseconds } = await this.verify();
      const facts = { entries, findings, outside, ms: milliseconds };
      if (findings > 0) log.error(facts, 'the audit trail is not as it was signed: run `audit verify`');
      else log.info(facts, 'the audit trail was verified');
    } catch (error) {
      this.lookAt = now.getTime() + AGAIN_MS;
      const { name, code } = error as Error & { readonly code?: string };
      log.error({ kind: name, code: code ?? null }, 'the audit trail could not be verified');
    }
  }

  /** Verifies now, and raises an alert in every organisation when something was found. */
  async verify(path?: string, progress?: (entries: number) => void): Promise<Verification> {
    const verification = await this.verifications.verify(path, progress);
    measure(verification);
    if (verification.findings > 0) await this.alerts.raiseEverywhere(ALERT, verification.id);
    return verification;
  }
}

function measure({ at, findings }: Pick<Verification, 'at' | 'findings'>): void {
  trailFindings.set(findings);
  trailVerifiedAt.set(at.getTime() / 1000);
}
