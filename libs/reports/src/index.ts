/**
 * Reports: from tables that came through `libs/disclosure` to a document, and from the document to Markdown and HTML.
 *
 * @example
 *   const questions = bulletinQuestions({ from, to, asOf, country });
 *   const document = buildBulletin(answers, context);
 *   const page = renderHtml(document);
 */
export * from './answers.js';
export * from './audit-finding.js';
export { auditReport, auditTranslations } from './audit.js';
export * from './bulletin/bulletin.js';
export * from './bulletin/context.js';
export type { BulletinAnswers } from './bulletin/draft.js';
export * from './bulletin/questions.js';
export * from './charts/spec.js';
export * from './dates.js';
export * from './document.js';
export * from './figures.js';
export * from './hedges.js';
export * from './language.js';
export * from './limits.js';
export * from './numbers.js';
export { contentSecurityPolicy, renderHtml } from './html/html.js';
export { drawChart } from './charts/draw.js';
export { renderMarkdown } from './markdown.js';
