/** Where backups are kept. */

export interface BackupStore {
  /** For messages. Holds no secret. */
  readonly where: string;
  /** Folder in which an artefact is written before it is put. */
  workFolder(): Promise<string>;
  names(): Promise<string[]>;
  /** Takes a finished file over: under the name there is all of it, or nothing. The file is gone afterwards. */
  put(name: string, file: string): Promise<void>;
  /** The artefact as a file on this machine; `forget` removes what was made for it. */
  fetch(name: string): Promise<{ readonly file: string; readonly forget: () => Promise<void> }>;
  bytesOf(name: string): Promise<number>;
  remove(name: string): Promise<void>;
}
