/** The caller's reach (libs/access, `visibilityOf`) as parameters and flags of `sql/visible-case.sql`. */
import { visibilityOf, type Caller } from '#lib/access';

export interface VisibilityValues {
  readonly organisation: string;
  readonly user: string;
  readonly office?: string;
  readonly everywhere: boolean;
  readonly assigned: boolean;
  readonly opened: boolean;
}

export function visibilityValues(caller: Caller): VisibilityValues {
  const visibility = visibilityOf(caller);
  return {
    organisation: visibility.organisationId,
    user: visibility.userId,
    office: visibility.office ?? undefined,
    everywhere: visibility.everywhere,
    assigned: visibility.assigned,
    opened: visibility.opened,
  };
}
