/** A backup cannot be used, or a restore must not go on. The message says why and never holds anything of its content. */
export class BackupRefusal extends Error {}
