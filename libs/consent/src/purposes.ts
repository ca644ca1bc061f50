/**
 * The ways out of the house, and the use (CONSENT_USE) that each needs. A purpose that is not here does not exist: nothing
 * leaves for "other".
 */
export interface Purpose {
  readonly code: string;
  readonly en: string;
  readonly es: string;
  /** Uses of which every one must have been consented to. */
  readonly needs: readonly string[];
  /** The use by which names and testimony may go along; null where they never do. */
  readonly namesBy: string | null;
  /** How much of a file without names goes: what happened as recorded, or nothing by which somebody is recognised. */
  readonly without: 'exact' | 'coarse';
}

// prettier-ignore
export const PURPOSES: readonly Purpose[] = [
  { code: 'LEGAL_REPRESENTATION', needs: ['LEGAL_REPRESENTATION'], namesBy: 'LEGAL_REPRESENTATION', without: 'exact', en: 'To the person’s legal representation', es: 'A la representación legal de la persona' },
  { code: 'NGO_COALITION', needs: ['SHARE_NGO_COALITION'], namesBy: 'NAME_PUBLIC', without: 'exact', en: 'To allied organisations', es: 'A organizaciones aliadas' },
  { code: 'NATIONAL_AUTHORITY', needs: ['SHARE_NATIONAL_AUTHORITY'], namesBy: 'SHARE_NATIONAL_AUTHORITY', without: 'exact', en: 'To a national authority', es: 'A una autoridad nacional' },
  { code: 'IACHR', needs: ['SHARE_IACHR'], namesBy: 'SHARE_IACHR', without: 'exact', en: 'To the Inter-American system', es: 'Al sistema interamericano' },
  { code: 'UN', needs: ['SHARE_UN'], namesBy: 'SHARE_UN', without: 'exact', en: 'To the United Nations', es: 'A Naciones Unidas' },
  { code: 'COURT_ICC', needs: ['SHARE_COURT_ICC'], namesBy: 'SHARE_COURT_ICC', without: 'exact', en: 'To a court or the International Criminal Court', es: 'A un tribunal o a la Corte Penal Internacional' },
  { code: 'ANON_STORY', needs: ['ANON_STORY'], namesBy: null, without: 'coarse', en: 'An anonymous story', es: 'Un relato anónimo' },
  { code: 'PSEUDONYM_STORY', needs: ['PSEUDONYM_STORY'], namesBy: null, without: 'coarse', en: 'A story under a pseudonym', es: 'Un relato con seudónimo' },
  { code: 'NAMED_STORY', needs: ['NAME_PUBLIC'], namesBy: 'NAME_PUBLIC', without: 'exact', en: 'A publication by name', es: 'Una publicación con nombre' },
];

export const PURPOSE_CODES: readonly string[] = PURPOSES.map(({ code }) => code);

export function purposeOf(code: string): Purpose | undefined {
  return PURPOSES.find((purpose) => purpose.code === code);
}

/** What a report is for, and the use without which a case is not in it. */
export const REPORT_PURPOSES = {
  /** Exact figures that stay in the house: they name nobody and count everybody. */
  INTERNAL: { needs: [] },
  /** For others to read: only cases whose people agreed to anonymous statistics, and protected cells. */
  PUBLICATION: { needs: ['ANON_STATISTICS'] },
} as const satisfies Record<string, { readonly needs: readonly string[] }>;
export type ReportPurpose = keyof typeof REPORT_PURPOSES;
