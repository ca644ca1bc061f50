/** What the installation's own keys are for: one key a purpose, so that none does two things. */

export const PURPOSES = {
  'audit-mac': 'MAC of every audit entry',
  'audit-sign': 'signature of audit checkpoints (seed of an Ed25519 key)',
  pepper: 'encryption of password hashes',
  totp: 'encryption of secrets of second factors',
  'document-index': 'digests by which a document number is found',
  'name-index': 'digests by which a name is found, where the blind index is used',
  recognition: 'digests by which a repeated request or recording is recognised',
  jobs: 'encryption of uploaded files until the work on them is done',
  files: 'encryption of stored files',
  backup: 'encryption of backups',
} as const;

export type Purpose = keyof typeof PURPOSES;

export const PURPOSE_NAMES = Object.keys(PURPOSES) as readonly Purpose[];
