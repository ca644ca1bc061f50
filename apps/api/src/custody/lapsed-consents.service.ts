/**
 * Consents run out by themselves: no act says so. Facts count those that held on the day they were made, so once a day
 * they are made anew for whoever is concerned. Doing it twice changes nothing, because the second time finds nobody.
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dayInZone } from '#lib/time';
import { Worker } from '../jobs/worker.js';
import { Clock } from '../platform/clock.js';
import { Catalogue } from '../reference/catalogue.js';
import { FactsService } from '../record/facts.service.js';

@Injectable()
export class LapsedConsentsService implements OnModuleInit {
  /** The day for which each country was last looked through by this process. */
  private readonly done = new Map<string, string>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly facts: FactsService,
    private readonly worker: Worker,
  ) {}

  onModuleInit(): void {
    this.worker.chore(() => this.forgetLapsed());
  }

  /** Stops counting the consents that have run out. */
  async forgetLapsed(): Promise<void> {
    for (const { code, zone } of this.catalogue.countries()) {
      const today = dayInZone(this.clock.now().getTime(), zone);
      if (this.done.get(code) === today) continue;
      await this.facts.refreshLapsed(code, today);
      this.done.set(code, today);
    }
  }
}
