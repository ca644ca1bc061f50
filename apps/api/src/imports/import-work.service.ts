/** Does the work of an import as whoever started it, with the rights they have now. */
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, type Actor } from '#lib/database';
import { MatchingService } from '../duplicates/matching.service.js';
import { type JobRow } from '../jobs/job.view.js';
import { Worker, type JobRun } from '../jobs/worker.js';
import { PurposeKeys } from '../keys/purpose-keys.js';
import { NameIndex } from '../names/name-index.service.js';
import { Clock } from '../platform/clock.js';
import { type Keys } from '../platform/config.js';
import { KEYS } from '../platform/provided.js';
import type { RecordingContext } from '../record/case-plan.js';
import { CaseSealing } from '../record/case-sealing.js';
import { Catalogue } from '../reference/catalogue.js';
import { ReferenceService } from '../reference/reference.service.js';
import { ImportContentRepository } from './import-content.repository.js';
import { ImportRun, NO_ROWS, type Counters, type ImportInput } from './import-run.js';
import { importProblems } from './imports.problems.js';
import { ImportsRepository } from './imports.repository.js';
import { Mappings } from './mappings.js';
import { intakeLists, RowPlanner } from './row-planner.js';

@Injectable()
export class ImportWorkService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly content: ImportContentRepository,
    private readonly imports: ImportsRepository,
    private readonly mappings: Mappings,
    private readonly matching: MatchingService,
    private readonly names: NameIndex,
    private readonly purposeKeys: PurposeKeys,
    private readonly reference: ReferenceService,
    private readonly sealing: CaseSealing,
    private readonly worker: Worker,
    @Inject(KEYS) private readonly keys: Keys,
  ) {}

  onModuleInit(): void {
    this.worker.handle('import', (run) => this.work(run));
  }

  private async work(run: JobRun): Promise<Readonly<Record<string, unknown>>> {
    const { job } = run;
    const input = job.input as ImportInput;
    const mapping = this.mappings.get(input.mapping);
    if (!mapping) throw importProblems.noMapping({});
    const { actor, context } = await this.actFor(job, mapping.country);
    if (input.dryRun) await this.content.deleteFaults(job.id);
    const lists = intakeLists(this.catalogue, mapping.country, await this.reference.areaParents());
    const planner = new RowPlanner(mapping, lists, context, input.header);
    const { clock, database, content, imports, matching, names, sealing } = this;
    const importRun = new ImportRun({
      clock,
      database,
      content,
      imports,
      matching,
      names,
      planner,
      sealing,
      context,
      actor,
      input,
      run,
    });
    const done = await importRun.work((job.checkpoint as Counters | null) ?? NO_ROWS);
    const result = {
      accepted: done.accepted,
      refused: done.refused,
      unchanged: done.unchanged,
      duplicateCandidates: done.duplicateCandidates,
    };
    await this.database.write(actor, async (tx) => {
      await this.content.deletePieces(tx, job.id);
      await tx.audit('import.finished', { subjectId: job.id, details: { ...result, dryRun: input.dryRun } });
    });
    // Every row is in by now: an import does not fail because the server was too busy to look at what it holds.
    if (!input.dryRun && done.accepted > 0) await imports.lookAtSizes().catch(() => undefined);
    await run.progress(done.row).catch(() => undefined);
    return result;
  }

  private async actFor(job: JobRow, country: string): Promise<{ actor: Actor; context: RecordingContext }> {
    const starter = await this.imports.starterOf(job.createdBy);
    if (!starter?.roles.some((role) => role === 'caseworker' || role === 'coordinator'))
      throw importProblems.notFound({});
    const { roles: _roles, ...who } = starter;
    return {
      actor: { userId: who.userId, organisationId: who.organisationId, requestId: `job ${job.id}` },
      context: {
        ...who,
        catalogue: this.catalogue,
        matchKey: this.keys.match,
        recognitionKey: this.purposeKeys.get('recognition'),
        country,
        now: this.clock.now(),
        jobId: job.id,
      },
    };
  }
}
