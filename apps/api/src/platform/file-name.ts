/**
 * How a download is called. The name goes into a header, into a folder of somebody's machine and sometimes into a
 * shell, so it is made of letters that are safe in all three, and never of what a person typed about a case.
 */

const LONGEST = 100;
/** Names that mean a device on Windows, whatever stands behind the first dot. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A name of plain letters, digits, dots, dashes and underscores: no path, no control, no hidden file, no device. */
export function safeFileName(wanted: string): string {
  const plain = wanted
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.-]+|[.-]+$/g, '');
  const named = plain === '' ? 'file' : DEVICES.test(plain) ? `file-${plain}` : plain;
  if (named.length <= LONGEST) return named;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(named)?.[0] ?? '';
  return named.slice(0, LONGEST - ending.length) + ending;
}

/** `Content-Disposition` of something to keep (RFC 6266). */
export const attachment = (wanted: string): string => `attachment; filename="${safeFileName(wanted)}"`;

/** `Content-Disposition` of something to look at, with the name for whoever keeps it. */
export const inline = (wanted: string): string => `inline; filename="${safeFileName(wanted)}"`;
