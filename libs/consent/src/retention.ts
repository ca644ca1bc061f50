/** How long a closed case is kept. The clock runs from closing; while the case is open it stands still. */

/** Years after closing; null is kept for good. */
export const RETENTION_CLASSES = { SHORT: 2, STANDARD: 10, EVIDENCE: 30, PERMANENT: null } as const;
export type RetentionClass = keyof typeof RETENTION_CLASSES;

/**
 * The day from which erasure may be proposed, or null when it never is. A case that was closed on 29 February falls due on
 * 1 March.
 */
export function dueForErasure(closedOn: string | null, retention: RetentionClass): string | null {
  const years = RETENTION_CLASSES[retention];
  if (closedOn === null || years === null) return null;
  const [year = 0, month = 0, day = 0] = closedOn.split('-').map(Number);
  const due = new Date(Date.UTC(year + years, month - 1, day));
  return due.toISOString().slice(0, 10);
}

/** Days in which a second person must have confirmed an erasure that a first one asked for. */
export const ERASURE_REQUEST_DAYS = 14;

/** Until when a request for erasure can be confirmed. */
export function erasureRequestEnds(askedAt: Date): Date {
  return new Date(askedAt.getTime() + ERASURE_REQUEST_DAYS * 86_400_000);
}
