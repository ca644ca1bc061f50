/** The keys of the trail, opened with the installation's other keys, and the writer that signs entries with them. */
import { Injectable } from '@nestjs/common';
import { Database } from '#lib/database';
import { noteSigner, trailKeysFrom, TrailWriter, type NoteSigner, type TrailKeys } from '#lib/trail';
import { PurposeKeys } from '../keys/purpose-keys.js';
import { Clock } from '../platform/clock.js';

@Injectable()
export class TrailKeysService {
  private opened: TrailKeys | null = null;
  private signing: NoteSigner | null = null;

  constructor(
    private readonly purposeKeys: PurposeKeys,
    database: Database,
    clock: Clock,
  ) {
    // Here and not at a later hook: making the installation's keys is itself an act that is audited.
    database.signWith(
      new TrailWriter(
        () => this.keys(),
        () => clock.now(),
      ),
    );
  }

  /** Keys for the MAC and the content of entries. */
  keys(): TrailKeys {
    return (this.opened ??= trailKeysFrom(this.purposeKeys.get('audit-mac')));
  }

  /** Who signs checkpoints. */
  signer(): NoteSigner {
    return (this.signing ??= noteSigner(this.purposeKeys.get('audit-sign')));
  }
}
