/** Who can open an artefact: a recovery key from elsewhere, or the installation that made it. */
import {
  BackupRefusal,
  contextOf,
  unwrapWith,
  type ArtefactHead,
  type ArtefactKind,
  type RecoveryKey,
  type Wrap,
} from '#lib/backup';

/** The key of an artefact as the installation that runs here unwraps it; null when it is another's. */
export type Unwrapping = (kind: ArtefactKind, wrap: Wrap, context: string) => Promise<Buffer | null>;

export interface Openers {
  readonly recoveryKeys: readonly RecoveryKey[];
  /** Null on a machine that has no installation, or one whose keys are lost. */
  readonly installation: Unwrapping | null;
}

/** The key of an artefact. Refuses with the names of the keys that would open it. */
export async function keyOf(head: ArtefactHead, openers: Openers): Promise<Buffer> {
  const context = contextOf(head);
  for (const wrap of head.wraps) {
    const blob = Buffer.from(wrap.blob, 'base64');
    const keys =
      wrap.by === 'recipient'
        ? openers.recoveryKeys
            .filter(({ recipient }) => recipient.name === wrap.name)
            .map((recovery) => unwrapWith(recovery, blob, context))
        : [(await openers.installation?.(head.kind, wrap, context)) ?? null];
    const key = keys.find((one) => one !== null);
    if (key) return key;
  }
  throw new BackupRefusal(refusalOf(head, openers));
}

function refusalOf(head: ArtefactHead, { recoveryKeys, installation }: Openers): string {
  const what = head.kind === 'data' ? 'The data of this backup' : 'The keys of this backup';
  const names = (by: Wrap['by']): string =>
    head.wraps
      .filter((wrap) => wrap.by === by)
      .map(({ name }) => name)
      .join(', ');
  const given = recoveryKeys.map(({ recipient }) => recipient.name).join(', ');
  const fits = recoveryKeys.some(({ recipient }) => names('recipient').includes(recipient.name));
  if (fits) return `${what}: its head was changed; the right recovery key does not open it.`;
  return (
    `${what} can be opened with the recovery key of ${names('recipient') || 'nobody'}, or by the installation that made it (${names('installation')}). ` +
    (given === '' ? 'No recovery key was given' : `The recovery keys given are of ${given}`) +
    (installation ? ', and this installation is another one.' : '.')
  );
}
