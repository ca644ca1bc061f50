/** What the operator does about keys: see how they stand, replace the wrapping key, replace every data key. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KeyRotationService, type KeyStatus } from '../keys/key-rotation.service.js';
import { Worker } from '../jobs/worker.js';
import { ResealService } from '../record/reseal.service.js';

export interface KeyCareStatus extends KeyStatus {
  /** Cases that wait to be sealed under new data keys. */
  readonly waiting: number;
}

@Injectable()
export class KeyCareService implements OnModuleInit {
  constructor(
    private readonly rotation: KeyRotationService,
    private readonly reseal: ResealService,
    private readonly worker: Worker,
  ) {}

  /** A rotation that was interrupted goes on beside the other work. */
  onModuleInit(): void {
    this.worker.chore(async () => {
      if ((await this.reseal.waiting()) > 0) await this.finishData();
    });
  }

  async status(): Promise<KeyCareStatus> {
    return { ...(await this.rotation.status()), waiting: await this.reseal.waiting() };
  }

  rotateWrapping(): Promise<{ readonly name: string; readonly rewrapped: number }> {
    return this.rotation.rotateWrapping();
  }

  /**
   * New data keys for every case. What waits is in a table, so a command that is killed is taken up by the service, or
   * by the same command given again.
   */
  async rotateData(progress: (left: number) => void = () => undefined): Promise<number> {
    if ((await this.reseal.waiting()) === 0) {
      await this.rotation.renewOrganisationKeys();
      await this.reseal.queueAll();
    }
    const cases = await this.reseal.waiting();
    await this.finishData(progress);
    return cases;
  }

  private async finishData(progress?: (left: number) => void): Promise<void> {
    await this.reseal.work(progress);
    if ((await this.reseal.waiting()) === 0) await this.rotation.retireOrganisationKeys();
  }
}
