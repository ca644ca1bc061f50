/** What goes into which artefact of a backup. */

/**
 * What opens sealed values. It is kept apart from them and not as long: whoever holds the data alone reads no name, and
 * a person whose key was destroyed is not brought back by data that was copied before.
 */
export const KEY_TABLES: ReadonlySet<string> = new Set([
  'installation_key',
  'organisation_key',
  'case_key',
  'passphrase_key',
  'audit_salt',
]);

/** Made anew by the migrations of every database, and of no use in another one. */
export const TABLES_BESIDE: ReadonlySet<string> = new Set(['wall_key', 'restore_under_way']);

/** Names of the two files beside the database that the service cannot do without. */
export const SECRET_PART = 'secret.key';
export const WRAPPING_PART = 'wrapping.key';
