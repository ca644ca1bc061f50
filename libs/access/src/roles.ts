/** Who may do what: one row a permission, one column a role, to be read with a finger (docs: design §4). */
import type { Permission } from './permissions.js';

export const ROLES = ['caseworker', 'lawyer', 'coordinator', 'researcher', 'administrator', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

const X = true;
const _ = false;

// prettier-ignore
const GRANTS: Record<Permission, readonly [boolean, boolean, boolean, boolean, boolean, boolean]> = {
  //                   case-    lawyer  coordi- re-     admini- auditor
  //                   worker           nator   search. strator
  'self:read':         [  X,      X,      X,      X,      X,      X  ],
  'case:read':         [  X,      X,      X,      _,      _,      _  ],
  'case:record':       [  X,      X,      X,      _,      _,      _  ],
  'case:amend':        [  X,      X,      X,      _,      _,      _  ],
  'case:break-glass':  [  X,      X,      _,      _,      _,      _  ],
  'reading:review':    [  _,      _,      X,      _,      _,      _  ],
  'notice:read':       [  _,      _,      X,      _,      _,      X  ],
  'case:export':       [  _,      _,      X,      _,      _,      _  ],
  'consent:override':  [  _,      _,      X,      _,      _,      _  ],
  'retention:manage':  [  _,      _,      X,      _,      _,      _  ],
  'identity:read':     [  X,      X,      X,      _,      _,      _  ],
  'privileged:read':   [  _,      X,      _,      _,      _,      _  ],
  'case:erase':        [  _,      _,      X,      _,      _,      _  ],
  'case:verify':       [  _,      _,      X,      _,      _,      _  ],
  'assignment:make':   [  _,      _,      X,      _,      _,      _  ],
  'merge:make':        [  _,      _,      X,      _,      _,      _  ],
  'import:run':        [  X,      _,      X,      _,      _,      _  ],
  'indicator:read':    [  X,      X,      X,      X,      _,      X  ],
  'figure:read':       [  _,      _,      X,      _,      _,      _  ],
  'report:prepare':    [  _,      _,      X,      _,      _,      _  ],
  'report:read':       [  X,      X,      X,      X,      _,      X  ],
  'reference:read':    [  X,      X,      X,      X,      X,      X  ],
  'user:manage':       [  _,      _,      _,      _,      X,      _  ],
  'alert:read':        [  _,      _,      X,      _,      X,      X  ],
  'scope:restore':     [  _,      _,      X,      _,      X,      _  ],
  'audit:read':        [  _,      _,      _,      _,      _,      X  ],
};

/** Whether at least one of these roles holds the permission. */
export function rolesMay(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => GRANTS[permission][ROLES.indexOf(role)] === true);
}

/** The roles that hold a permission, in the order of the table. */
export function rolesWith(permission: Permission): readonly Role[] {
  return ROLES.filter((_role, column) => GRANTS[permission][column] === true);
}

/** Every permission that a set of roles holds, in the order of `PERMISSIONS`. */
export function permissionsOf(roles: readonly Role[]): readonly Permission[] {
  return (Object.keys(GRANTS) as Permission[]).filter((permission) => rolesMay(roles, permission));
}
