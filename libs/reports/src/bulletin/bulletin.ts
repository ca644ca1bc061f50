/** Genre G5: an organisation's own periodic bulletin (report-forms.md §1), from its tables to a document. */
import { auditContradictions, auditReport } from '../audit.js';
import { citedFigures } from '../citations.js';
import type { CoverFact, Identity, Register, ReportDocument, Section } from '../document.js';
import { markingOf } from '../document.js';
import { prose } from '../speech.js';
import { SHORT, unitNoun } from '../wording/terms.js';
import { completenessSection, methodSection } from './annexes.js';
import { arrestSection } from './arrest.js';
import type { BulletinContext } from './context.js';
import { deathsSection } from './deaths.js';
import type { BulletinAnswers } from './draft.js';
import { Draft } from './draft.js';
import { abstract, keyFigures, summarySection } from './findings.js';
import { judgeSection } from './judge.js';
import { officialSection } from './official.js';
import { peopleSection } from './people.js';
import { bulletinQuestionNames } from './questions.js';
import { recommendationsSection } from './recommendations.js';
import { remediesSection } from './remedies.js';
import { scaleSection } from './scale.js';

/**
 * Writes a bulletin in the language of the context. The same answers give the same figures in every language; checks
 * that fail stand in the document and in `document.audit`.
 *
 * @example
 *   const document = buildBulletin({ sex: forInternalUse(table), … }, context);
 *   renderHtml(document);
 */
export function buildBulletin(answers: BulletinAnswers, context: BulletinContext): ReportDocument {
  const asked = bulletinQuestionNames(context.country);
  const draft = new Draft(answers, context, asked);

  // Page 1 comes first, so that its figures are the first in the register.
  const page = { cover: cover(draft), tiles: keyFigures(draft), abstract: abstract(draft) };
  const parts = [
    scaleSection,
    peopleSection,
    arrestSection,
    judgeSection,
    deathsSection,
    remediesSection,
    officialSection,
    summarySection,
    recommendationsSection,
  ];
  const annexes = [completenessSection, methodSection];
  const content = { ...page, sections: [...numbered(draft, parts), ...lettered(draft, annexes)], notes: draft.notes };
  const known = new Set(citedFigures(content));
  const read = (id: string) => (known.has(id) ? draft.book.get(id) : undefined);
  return {
    genre: 'G5',
    identity: identity(draft),
    marking: markingOf(
      asked.flatMap((name) => answers[name] ?? []),
      context.language,
    ),
    subtitle: `${draft.voice.place} · ${draft.period()}`,
    ...content,
    register: register(draft, [...known]),
    audit: [...auditReport(content, read), ...auditContradictions(draft.book.contradicted)],
  };
}

type SectionWriter = (draft: Draft, label: string) => Section | null;

/** Numbers the sections that are written; one without content takes no number. */
function numbered(draft: Draft, writers: readonly SectionWriter[]): readonly Section[] {
  return writers.reduce<readonly Section[]>((sections, write) => {
    const section = write(draft, String(sections.length + 1));
    return section === null ? sections : [...sections, section];
  }, []);
}

function lettered(draft: Draft, writers: readonly SectionWriter[]): readonly Section[] {
  return writers.flatMap((write, i) => write(draft, annexLabel(draft, i)) ?? []);
}

const annexLabel = (draft: Draft, place: number): string =>
  `${draft.say(SHORT.annexLabel)} ${String.fromCharCode('A'.charCodeAt(0) + place)}`;

function identity(draft: Draft): Identity {
  const { context, voice } = draft;
  const english = context.language === 'en';
  return {
    organisation: voice.organisation,
    documentNumber: context.documentNumber,
    title: context.title ?? (english ? 'Detention monitoring bulletin' : 'Boletín de monitoreo de detenciones'),
    language: context.language,
    numberStyle: draft.speech.style,
    place: voice.place,
    from: voice.from,
    to: voice.to,
    cutOff: voice.cutOff,
    dataVersion: draft.answer('arrestsByMonth').table.dataVersion,
    preparedOn: context.preparedOn,
  };
}

function cover(draft: Draft): readonly CoverFact[] {
  const { speech, voice, context } = draft;
  const arrests = draft.answer('arrestsByMonth').total();
  const people = draft.answer('sex').total();
  const counted = (figure: typeof arrests) =>
    prose`${speech.digits(figure)} ${unitNoun(figure.unit, figure.value ?? 0, context.language)}`;
  const of = context.language === 'en' ? 'of' : 'de';
  return [
    { code: 'cutOff', label: draft.say(SHORT.cutOff), runs: prose`${speech.date(voice.cutOff)}` },
    {
      code: 'base',
      label: draft.say(SHORT.baseN),
      runs: arrests.id === people.id ? counted(people) : prose`${counted(arrests)} ${of} ${counted(people)}`,
    },
    { code: 'covers', label: draft.say(SHORT.covers), runs: prose`${draft.period()}` },
    { code: 'dataVersion', label: draft.say(SHORT.dataVersion), runs: prose`${identity(draft).dataVersion}` },
    { code: 'preparedOn', label: draft.say(SHORT.preparedOn), runs: prose`${speech.date(context.preparedOn)}` },
  ];
}

/** Query, base and suppression of every printed figure. */
function register(draft: Draft, cited: readonly string[]): Register {
  const figures = cited.map((id, i) => {
    const figure = draft.book.get(id);
    const query = figure.origin.kind === 'query' ? draft.queryLabel(figure.origin.question) : null;
    return { number: i + 1, figure, query };
  });
  const used = new Set(figures.map(({ query }) => query));
  const queries = draft.questions.flatMap((question) => {
    const label = draft.queryLabel(question);
    if (!used.has(label)) return [];
    const { request, dataVersion, marking } = draft.answer(question as 'sex').table;
    return [{ label, question, request, dataVersion, suppression: 'none' as const, marking: draft.say(marking) }];
  });
  return { queries, figures };
}
