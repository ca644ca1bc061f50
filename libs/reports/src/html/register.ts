/** The figure register: each question as it was asked, and under it every printed figure that came from it. */
import type { RegisteredFigure, RegisteredQuery, ReportDocument } from '../document.js';
import { spellQuery, spellSlice } from '../register.js';
import { Speech } from '../speech.js';
import { SHORT } from '../wording/terms.js';
import { escapeMarkup } from './markup.js';

function figureLine({ number, figure }: RegisteredFigure, speech: Speech): string {
  const base = figure.base === null ? '' : ` <small>n = ${escapeMarkup(speech.number(figure.base))}</small>`;
  return `<li id="${escapeMarkup(figure.id)}"><span class="no">${number}</span><span class="id">${escapeMarkup(figure.id)} <span class="slice">${escapeMarkup(spellSlice(figure))}</span></span><span class="value">${escapeMarkup(speech.text(figure))}${base}</span></li>`;
}

const list = (figures: readonly RegisteredFigure[], speech: Speech): string =>
  `<ol>${figures.map((figure) => figureLine(figure, speech)).join('\n')}</ol>`;

function queryBlock(query: RegisteredQuery, figures: readonly RegisteredFigure[], speech: Speech): string {
  const suppression = SHORT.suppression[speech.language];
  const line = `${spellQuery(query.request)} · ${query.dataVersion} · ${suppression} (${query.marking})`;
  return `<h3>${escapeMarkup(query.label)} ${escapeMarkup(query.question)}</h3>
<p class="query">${escapeMarkup(line)}</p>
${list(figures, speech)}`;
}

export function registerMarkup(document: ReportDocument): string {
  const { language, numberStyle } = document.identity;
  const speech = new Speech(language, numberStyle);
  const { queries, figures } = document.register;
  const asked = queries.map((query) =>
    queryBlock(
      query,
      figures.filter((figure) => figure.query === query.label),
      speech,
    ),
  );
  const others = figures.filter(({ query }) => query === null);
  const stated =
    others.length === 0 ? '' : `<h3>${escapeMarkup(SHORT.otherFigures[language])}</h3>${list(others, speech)}`;
  return `<div class="register">${asked.join('\n')}${stated}</div>`;
}
