import { createHash } from 'node:crypto';
import { sampleAnswers, sampleContext } from '../../samples/bulletin.js';
import { buildBulletin } from '../bulletin/bulletin.js';
import { contentSecurityPolicy, renderHtml } from './html.js';
import { cssString, escapeMarkup, isWebAddress } from './markup.js';

const HOSTILE = '</style><script>alert(1)</script><img src=x onerror="alert(1)"> "q" \'s\' & \u0000';
const document = buildBulletin(sampleAnswers(), sampleContext('en'));
const page = renderHtml(document);

describe('the page', () => {
  it('is the same bytes for the same document', () => {
    expect(renderHtml(buildBulletin(sampleAnswers(), sampleContext('en')))).toBe(page);
  });

  it('asks for nothing and runs nothing', () => {
    expect(page).not.toMatch(
      /<script|<link|<iframe|<object|<img|<form|@import|url\((?!#c\d)|javascript:|\son\w+=|\sstyle="/i,
    );
    expect([...page.matchAll(/(?:src|href)="(?!#)([^"]*)"/g)].map(([, address]) => address)).toEqual(
      document.notes.flatMap(({ address }) => address ?? []),
    );
  });

  it('allows its own style sheet by hash and nothing else', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style, 'utf8').digest('base64');
    expect(contentSecurityPolicy(document)).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page.match(/<style/g)).toHaveLength(1);
  });

  it('shows the marking on the screen, in every page margin and in the fallback line', () => {
    expect(page).toContain('data-marking="internal">internal: exact figures, not for publication</p>');
    expect(page).toContain('@top-right { content: "internal\\00003a  exact figures\\00002c  not for publication"');
    expect(page).toContain('<span>EJ/SV/2023/004</span><span>internal: exact figures, not for publication</span>');
  });

  it('names cut-off and base before the first section', () => {
    const pageOne = page.slice(page.indexOf('<body>'), page.indexOf('<section id="scale"'));
    expect(pageOne).toContain('27 March 2023');
    expect(pageOne).toContain('2,402</span> arrests of');
  });

  it('leads every figure of the text to the register', () => {
    const targets = new Set([...page.matchAll(/<li id="(F-[^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#(F-[^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(50);
    expect(links.filter((id) => !targets.has(id))).toEqual([]);
    expect([...page.matchAll(/data-figure="([^"]+)"/g)].filter(([, id]) => !targets.has(id))).toEqual([]);
  });

  it('has unique ids', () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  it('can be read without seeing it', () => {
    expect(page).toContain('<html lang="en">');
    expect(page).toMatch(/<a class="skip" href="#abstract">/);
    expect(page.match(/<svg /g)).toHaveLength(page.match(/role="img"/g)?.length ?? 0);
    expect(page).not.toMatch(/<th(?! scope| scope=)[ >]/);
    expect(renderHtml(buildBulletin(sampleAnswers(), sampleContext('es')))).toContain('<html lang="es">');
  });

  it('shows a failed check', () => {
    const words = { en: 'The rows add up to 3 < 4.', es: 'Las filas suman 3.' };
    const warned = renderHtml({ ...document, audit: [{ check: 'parts-to-total', where: 't1', words }] });
    expect(warned).toContain('role="alert"');
    expect(warned).toContain('The rows add up to 3 &lt; 4.');
  });
});

describe('hostile text', () => {
  const context = sampleContext('en');
  const hostile = renderHtml(
    buildBulletin(sampleAnswers(), {
      ...context,
      title: HOSTILE,
      documentNumber: HOSTILE,
      organisation: { name: HOSTILE, code: HOSTILE },
      labels: () => HOSTILE,
      country: { ...context.country, name: { en: HOSTILE, es: HOSTILE } },
      officialFigures: context.officialFigures.map((one) => ({
        ...one,
        owner: HOSTILE,
        address: 'javascript:alert(1)',
      })),
    }),
  );

  it('stays text in the page, in the drawings and in the style sheet', () => {
    expect(hostile).not.toMatch(/<script|<img|href="javascript/i);
    expect(hostile).not.toContain('\u0000');
    expect(hostile.match(/<\/style>/g)).toHaveLength(1);
    expect(hostile).toContain('&lt;/style&gt;&lt;script&gt;');
  });

  it('is escaped for markup and for style sheets', () => {
    expect(escapeMarkup(`<a b="c">'&`)).toBe('&lt;a b=&quot;c&quot;&gt;&#39;&amp;');
    expect(cssString('a"}</style>')).toBe('"a\\000022 \\00007d \\00003c \\00002f style\\00003e "');
  });

  it('is not a link unless it is a web address', () => {
    expect(['https://example.org/a?b=c', 'http://example.org'].map(isWebAddress)).toEqual([true, true]);
    expect(['javascript:alert(1)', 'https://x" onclick="', 'data:text/html,x', ''].map(isWebAddress)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
