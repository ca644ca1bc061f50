/** A chart of a report as an SVG element that stands on its own: named, described, with its base n. */
import type { Chart } from '../document.js';
import type { Language, NumberStyle } from '../language.js';
import { escapeMarkup } from '../html/markup.js';
import { plainText } from '../speech.js';
import { drawBars } from './bars.js';
import { drawColumns } from './columns.js';
import { drawCurve } from './curve.js';
import { drawDots } from './dots.js';

function drawSpec({ spec }: Chart, language: Language, style: NumberStyle): string {
  switch (spec.kind) {
    case 'columns-and-total':
      return drawColumns(spec, language, style);
    case 'bars':
      return drawBars(spec);
    case 'waiting-curve':
      return drawCurve(spec, language === 'en' ? '%' : '\u00a0%', style);
    case 'dots-and-intervals':
      return drawDots(spec, language);
  }
}

/** The drawing with its title and description for those who do not see it; same chart, same bytes. */
export function drawChart(chart: Chart, language: Language, style: NumberStyle = 'comma'): string {
  const svg = drawSpec(chart, language, style).replaceAll('zr-', `${chart.id}-`);
  const [title, description] = [`${chart.label}. ${chart.title}`, `${chart.alt} ${plainText(chart.subtitle)}.`];
  const names = `<title id="${chart.id}-title">${escapeMarkup(title)}</title><desc id="${chart.id}-desc">${escapeMarkup(description)}</desc>`;
  return svg.replace(
    /^<svg width="(\d+)" height="(\d+)"([^>]*)>/,
    `<svg$3 role="img" lang="${language}" aria-labelledby="${chart.id}-title ${chart.id}-desc">${names}`,
  );
}
