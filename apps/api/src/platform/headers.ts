/**
 * What every answer tells a browser, from one list, so that a page, a figure, a refusal of ours, of Fastify and of
 * Node's own parser say the same (threat model T5, T11). Written out rather than taken from a package: it must also
 * reach answers that no hook and no middleware sees.
 */

/** Nothing may load, run, frame or be framed. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";
/** A document of ours: styles and drawings that stand in it, and nothing else. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";
/** The pages that show the API are programs: they may run what we ship and ask this service. */
const DOCS_POLICY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const ALWAYS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-dns-prefetch-control': 'off',
  'x-robots-tag': 'noindex, nofollow',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** One year, with what lies below the name: who once came by HTTPS must not be led back to HTTP. */
const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

/** The headers of every answer. HSTS only where people come by HTTPS: over HTTP a browser must ignore it anyway. */
export function standingHeaders(publicUrl: string): Readonly<Record<string, string>> {
  return publicUrl.startsWith('https://') ? { ...ALWAYS, ...HSTS } : ALWAYS;
}

/** The content security policy of an answer that has not set its own. */
export function policyFor(url: string, contentType: string): string {
  if (/^\/docs(\/|\?|$)/.test(url)) return DOCS_POLICY;
  return contentType.startsWith('text/html') ? PAGE_POLICY : API_POLICY;
}

/** A document's own policy, with what a document cannot say of itself: nobody frames it, and nothing in it runs. */
export const enclosed = (policy: string): string => `${policy}; frame-ancestors 'none'; sandbox`;
