/** Whether the keys of a restored database open what is sealed in it: some names are opened, and none is told. */
import { Injectable } from '@nestjs/common';
import { isSealed, openText, versionOfText } from '#lib/sealing';
import { CaseKeys } from '../keys/case-keys.js';
import { BackupsRepository, type SealedName } from './backups.repository.js';

const MOST = 100;

export interface OpenedNames {
  readonly tried: number;
  readonly opened: number;
}

@Injectable()
export class SealedNamesService {
  constructor(
    private readonly stored: BackupsRepository,
    private readonly caseKeys: CaseKeys,
  ) {}

  /** Tries as many as a hundred names. */
  async tryThem(): Promise<OpenedNames> {
    return this.stored.withSealedNames(MOST, async (names, tx) => {
      let opened = 0;
      for (const organisationId of new Set(names.map((name) => name.organisationId))) {
        const own = names.filter((name) => name.organisationId === organisationId);
        const ring = await this.caseKeys.ringIn(tx, organisationId, [...new Set(own.map(({ caseId }) => caseId))]);
        opened += own.filter((name) => {
          const key = ring.get(name.caseId, 'identity', versionOfText(name.sealed) ?? 0);
          return isSealed(name.sealed) && key !== undefined && openText(key, name.sealed, placeOf(name)) !== null;
        }).length;
      }
      return { tried: names.length, opened };
    });
  }
}

/** As libs/sealing binds it: the organisation, the column, the row and the class of key. */
const placeOf = ({ organisationId, personId }: SealedName) => ({
  organisation: organisationId,
  table: 'person_identity',
  column: 'given_names',
  row: personId,
  keyClass: 'identity',
});
