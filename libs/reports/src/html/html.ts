/**
 * A report as one self-contained page: no script, no request to anywhere, one style sheet that the page's own content
 * security policy allows by its hash. Made to be read on a screen and printed on A4.
 */
import { createHash } from 'node:crypto';
import type { Block, ReportDocument, Section, Tile } from '../document.js';
import { SECTION_TITLES, SHORT } from '../wording/terms.js';
import { escapeMarkup, isWebAddress } from './markup.js';
import { registerMarkup } from './register.js';
import { referencesOf, sentence, statements, unmarked } from './runs.js';
import type { PageMargins } from './style.js';
import { styleSheet } from './style.js';
import type { Rendering } from './tables.js';
import { chartMarkup, tableMarkup } from './tables.js';

function marginsOf(document: ReportDocument): PageMargins {
  const { identity, marking } = document;
  const { language } = identity;
  return {
    marking: marking?.text ?? '',
    document: identity.documentNumber,
    foot: `${identity.organisation} · ${document.cover[0]?.label ?? ''}: ${document.cover[0]?.runs.map((run) => ('text' in run ? run.text : '')).join('') ?? ''}`,
    page: SHORT.page[language],
    of: SHORT.of[language],
  };
}

/** The policy under which the page is complete: its own style sheet and nothing else. Send it as a header too. */
export function contentSecurityPolicy(document: ReportDocument): string {
  const hash = createHash('sha256')
    .update(styleSheet(marginsOf(document)), 'utf8')
    .digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

/** The whole page. The same document always gives the same bytes. */
export function renderHtml(document: ReportDocument): string {
  const { identity, marking } = document;
  const { language } = identity;
  const rendering: Rendering = { language, style: identity.numberStyle, references: referencesOf(document) };
  const annexes = document.sections.filter(({ annex }) => annex).length;
  const registerLabel = `${SHORT.annexLabel[language]} ${String.fromCharCode('A'.charCodeAt(0) + annexes)}`;
  const margins = marginsOf(document);
  const ends: readonly End[] = [
    { id: 'register', label: registerLabel, title: SECTION_TITLES.register[language] },
    { id: 'notes', label: '', title: SECTION_TITLES.notes[language] },
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeMarkup(contentSecurityPolicy(document))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow, noarchive">
<title>${escapeMarkup(`${identity.title}, ${document.subtitle} (${identity.documentNumber})`)}</title>
<style>${styleSheet(margins)}</style>
</head>
<body>
<a class="skip" href="#abstract">${escapeMarkup(SHORT.skip[language])}</a>
${marking === null ? '' : `<p class="marking" role="note" data-marking="${escapeMarkup(marking.code)}">${escapeMarkup(marking.text)}</p>`}
<div class="running" aria-hidden="true"><span>${escapeMarkup(margins.document)}</span><span>${escapeMarkup(margins.marking)}</span></div>
<div class="sheet">
${coverMarkup(document)}
<main>
${pageOne(document, rendering)}
${contents(document, ends)}
${document.sections.map((section) => sectionMarkup(section, rendering)).join('\n')}
<section id="register" class="annex-register">
${heading(registerLabel, SECTION_TITLES.register[language])}
${registerMarkup(document)}
</section>
${notesMarkup(document, rendering)}
</main>
</div>
</body>
</html>
`;
}

interface End {
  readonly id: string;
  readonly label: string;
  readonly title: string;
}

function coverMarkup({ identity, subtitle, cover }: ReportDocument): string {
  const facts = cover.map(
    ({ code, label, runs }) =>
      `<div${code === 'cutOff' || code === 'base' ? ' class="lead"' : ''}><dt>${escapeMarkup(label)}</dt><dd>${unmarked(runs)}</dd></div>`,
  );
  return `<header class="cover">
<p class="imprint"><strong>${escapeMarkup(identity.organisation)}</strong><span>${escapeMarkup(identity.documentNumber)}</span></p>
<h1>${escapeMarkup(identity.title)}</h1>
<p class="subtitle">${escapeMarkup(subtitle)}</p>
<dl class="facts">
${facts.join('\n')}
</dl>
</header>`;
}

function warning(document: ReportDocument): string {
  if (document.audit.length === 0) return '';
  const { language } = document.identity;
  const items = document.audit.map(({ words }) => `<li>${escapeMarkup(words[language])}</li>`);
  return `<div class="warning" role="alert"><h2>${escapeMarkup(SHORT.warning[language])}</h2><ul>${items.join('')}</ul></div>`;
}

/** The words of a hedge stand small above the number. */
function tileMarkup({ value, label, base }: Tile): string {
  const first = value[0];
  const hedge = first?.kind === 'text' ? first.text.trim() : '';
  const rest = hedge === '' ? value : value.slice(1);
  return `<li><span class="hedge">${escapeMarkup(hedge)}</span> <span class="value">${unmarked(rest)}</span> <span class="name">${escapeMarkup(label)}</span> <span class="of">${unmarked(base)}</span></li>`;
}

function pageOne(document: ReportDocument, { language, references }: Rendering): string {
  const points = document.abstract.map(({ runs }) => `<li>${sentence(runs, references)}</li>`);
  return `${warning(document)}
<h2 class="label-head plain" id="key-figures">${escapeMarkup(SHORT.keyFigures[language])}</h2>
<ul class="tiles">
${document.tiles.map(tileMarkup).join('\n')}
</ul>
<h2 class="label-head plain" id="abstract">${escapeMarkup(SHORT.abstract[language])}</h2>
<ul class="abstract">
${points.join('\n')}
</ul>`;
}

function contents(document: ReportDocument, ends: readonly End[]): string {
  const { language } = document.identity;
  const entries = [...document.sections, ...ends].map(({ id, label, title }) => {
    const [number, words] = /^\d+$/.test(label) ? [label, title] : ['', label === '' ? title : `${label}. ${title}`];
    return `<li><a href="#${id}"><span class="no">${number}</span><span>${escapeMarkup(words)}</span></a></li>`;
  });
  return `<nav class="contents" aria-labelledby="contents">
<h2 class="label-head plain" id="contents">${escapeMarkup(SHORT.contents[language])}</h2>
<ol>
${entries.join('\n')}
</ol>
</nav>`;
}

const heading = (label: string, title: string): string =>
  label === ''
    ? `<h2>${escapeMarkup(title)}</h2>`
    : `<h2><span class="no">${escapeMarkup(label)}</span>${escapeMarkup(title)}</h2>`;

function sectionMarkup(section: Section, rendering: Rendering): string {
  return `<section id="${section.id}">
${heading(section.label, section.title)}
${section.blocks.map((block) => blockMarkup(block, rendering)).join('\n')}
</section>`;
}

function blockMarkup(block: Block, rendering: Rendering): string {
  const { references } = rendering;
  switch (block.kind) {
    case 'paragraph':
      return `<p>${statements(block.statements, references)}</p>`;
    case 'bullets':
      return `<ul class="calls">${block.items.map(({ runs }) => `<li>${sentence(runs, references)}</li>`).join('')}</ul>`;
    case 'subheading':
      return `<h3 id="${block.id}">${escapeMarkup(block.text)}</h3>`;
    case 'table':
      return tableMarkup(block, rendering);
    case 'chart':
      return chartMarkup(block, rendering);
    case 'method':
      return `<ol class="method">${block.fields
        .map(
          ({ field, title, statements: said }) =>
            `<li id="method-${field}"><div><h3>${escapeMarkup(title)}</h3><p>${statements(said, references)}</p></div></li>`,
        )
        .join('\n')}</ol>`;
  }
}

function notesMarkup(document: ReportDocument, { language, references }: Rendering): string {
  if (document.notes.length === 0) return '';
  const notes = document.notes.map(({ id, number, runs, address }) => {
    const link =
      address === null
        ? ''
        : isWebAddress(address)
          ? ` <a href="${escapeMarkup(address)}" rel="noreferrer">${escapeMarkup(address)}</a>`
          : ` ${escapeMarkup(address)}`;
    const back = `<a class="back" href="#${id}-ref" aria-label="${escapeMarkup(SHORT.back[language])}">↑</a>`;
    return `<li id="${id}"><span class="no">${number}</span><span>${sentence(runs, references)}${link} ${back}</span></li>`;
  });
  return `<section id="notes">
${heading('', SECTION_TITLES.notes[language])}
<ol class="notes">
${notes.join('\n')}
</ol>
</section>`;
}
