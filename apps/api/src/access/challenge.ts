/** Something the service asks somebody who is not signed in yet. */
export type ChallengeKind = 'second-factor' | 'passkey' | 'passkey-enrolment' | 'oidc';

export interface Challenge {
  /** Whose factors answer it; null where the answer says who it is. */
  readonly userId: string | null;
  /** As whom the session begins. */
  readonly actingId: string | null;
  readonly question: string | null;
}
