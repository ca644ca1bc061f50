/** Habeas corpus as a short funnel, and releases. */
import type { Section, Table } from '../document.js';
import type { Figure } from '../figures.js';
import { HEADS, TITLES } from '../wording/terms.js';
import { ADMITTED_STATUSES, GRANTED_STATUSES, UNANSWERED_STATUS } from './codes.js';
import { distribution, knownBaseNote } from './distribution.js';
import type { Draft } from './draft.js';

export interface HabeasFigures {
  readonly filed: Figure;
  readonly admitted: Figure;
  readonly granted: Figure;
}

/** A petition has one latest status, so steps are groups of statuses and never added to each other (audit A8). */
export function habeasFigures(draft: Draft): HabeasFigures {
  const habeas = draft.answer('habeasByStatus');
  return {
    filed: habeas.total(),
    admitted: habeas.count({ remedyStatus: ADMITTED_STATUSES }, { remedyStatus: ['*admitted'] }),
    granted: habeas.count({ remedyStatus: GRANTED_STATUSES }, { remedyStatus: ['*granted'] }),
  };
}

function statusTable(draft: Draft): Table {
  const habeas = draft.answer('habeasByStatus');
  const counted = distribution(draft, habeas, 'remedyStatus', { label: HEADS.status, count: HEADS.petitions });
  const known = draft.speech.text(habeas.known('remedyStatus'));
  return draft.table({
    form: 'T11',
    title: TITLES.remedies,
    ...counted,
    footnotes: [{ mark: 'a', text: knownBaseNote(draft, known) }],
    from: [habeas],
    audits: { exclusiveRows: true },
  });
}

export function remediesSection(draft: Draft, label: string): Section {
  const { sentences } = draft;
  const habeas = draft.answer('habeasByStatus');
  const { filed, admitted, granted } = habeasFigures(draft);
  return draft.section('remedies', label, [
    draft.paragraph({
      'remedies.habeas': sentences.habeas(filed, admitted, granted),
      'remedies.unanswered': filed.value
        ? sentences.unanswered(habeas.count({ remedyStatus: UNANSWERED_STATUS }))
        : null,
    }),
    filed.value ? statusTable(draft) : null,
    draft.paragraph({ 'remedies.releases': sentences.releases(draft.answer('releasesByKind').total()) }),
  ]);
}
