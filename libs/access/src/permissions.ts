/**
 * Every permission with one English sentence. A permission says what kind of thing a caller may do; to which rows is
 * decided in the query (`visibility.ts`). Read `roles.ts` for who holds which.
 */
export const PERMISSIONS = {
  'self:read': 'See who one is signed in as, with roles and permissions, and list or end one’s own sessions.',
  'case:read': 'Open and list the cases one may see, with their timelines.',
  'case:record': 'Record a case, or an event, source, consent or note on a case one may see.',
  'case:amend': 'Correct the master data of a case; the earlier value stays in the record.',
  'case:break-glass': 'Open a case one may not see, for some hours and with a reason; a second person is told at once.',
  'reading:review':
    'See who has looked at a case, take note of what needs a second person, and raise what somebody may read today.',
  'notice:read': 'Read what a second person must be told: broken glass, spent reading budgets, consent set aside.',
  'case:export': 'Decide that a case file leaves for a purpose, by consent, and see what has left.',
  'consent:override':
    'Set aside consent that was not asked for or ran out, with a reason; never a no, never for names.',
  'retention:manage': 'Say how long a closed case is kept, hold it, and decide about erasing what falls due.',
  'identity:read': 'Read names, document numbers and testimony of a case one may see; every reading is audited.',
  'privileged:read': 'Read privileged notes and allegations of gang membership on cases one is assigned to.',
  'case:erase':
    'Ask that the keys of a person are destroyed, for ever, or confirm what another coordinator asked; figures stay as they are.',
  'case:verify': 'Grade what a case claims; never one’s own record.',
  'assignment:make': 'Assign people to cases and end assignments.',
  'merge:make': 'See probable duplicates, join two files on one person, and part them again.',
  'import:run': 'Load a form export, follow its progress, stop it and read what it refused.',
  'indicator:read': 'Read what each figure means.',
  'figure:read': 'Read exact internal figures.',
  'report:prepare': 'Prepare a report from exact figures for internal use.',
  'report:read': 'Read reports that have been issued.',
  'reference:read': 'Read vocabularies and reference data of the countries.',
  'user:manage': 'Create users and offices, change roles, end sessions.',
  'alert:read':
    'Read alerts: damage to the audit trail; signing in under duress and a suspended scope, which administrators are not told.',
  'scope:restore': 'Say that the suspended scope of a colleague may be given back; two people do it.',
  'audit:read': 'Read the audit trail.',
} as const;

export type Permission = keyof typeof PERMISSIONS;
