/** Reads a person's timeline. Notes and amended identity come along for whoever may read them, which is audited. */
import { Injectable } from '@nestjs/common';
import { mayReadIdentity, type Caller } from '#lib/access';
import { Database } from '#lib/database';
import { ReadingBudgetService } from '../reading/reading-budget.service.js';
import { auditUnreadable, CasePartsService } from '../record/case-parts.js';
import { CaseSealing, type Opener } from '../record/case-sealing.js';
import { filesOfPerson } from '../record/person-files.js';
import { Catalogue } from '../reference/catalogue.js';
import { ActsService } from './acts.service.js';
import { TimelineRepository, type Annotations } from './timeline.repository.js';
import { timelineView, type TimelineEntryView } from './timeline.view.js';

@Injectable()
export class TimelineService {
  constructor(
    private readonly database: Database,
    private readonly acts: ActsService,
    private readonly budget: ReadingBudgetService,
    private readonly catalogue: Catalogue,
    private readonly parts: CasePartsService,
    private readonly sealing: CaseSealing,
    private readonly timeline: TimelineRepository,
  ) {}

  async read(caller: Caller, caseId: string): Promise<TimelineEntryView[]> {
    const readsIdentity = mayReadIdentity(caller) === 'yes';
    if (readsIdentity) await this.budget.admit(caller);
    const { entries, readings } = await this.database.write(caller, async (tx) => {
      const { file, all } = await filesOfPerson(tx, caller, caseId, { lock: false });
      const reached = all.filter((one) => one.visible).map((one) => one.id);
      const { parts, opener } = await this.parts.forShowing(tx, reached);
      const stored = await this.timeline.annotationsOf(tx, reached);
      const other = await this.sealing.opener(caller.organisationId, stored.keys);
      for (const one of all) if (one.erasedAt) other.takeAsErased(one.id);
      const annotations = openedAnnotations(stored, other);
      const identity = readsIdentity;
      const privileged = await this.acts.isAssignedLawyer(tx, caller, caseId);
      const readings = identity ? await this.budget.count(tx, caller) : null;
      await auditUnreadable(tx, { unreadable: [...opener.unreadable, ...other.unreadable] });
      await tx.audit(identity ? 'identity.read' : 'timeline.read', { caseId });
      const zone = this.catalogue.zoneOf(file.country);
      return { entries: timelineView(reached, parts, annotations, { identity, privileged }, zone), readings };
    });
    if (readings !== null) await this.budget.noteReading(caller, readings);
    return entries;
  }
}

/** Notes and amendments as they can be shown; who may see which is decided in the view. */
const openedAnnotations = ({ keys, notes, amendments }: Annotations, opener: Opener): Annotations => ({
  keys,
  notes: opener.rows('note', notes),
  amendments: opener.rows('amendment', amendments),
});
