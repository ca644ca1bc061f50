/** Calls on authorities, as the organisation wrote them; the program writes none. */
import type { Section } from '../document.js';
import type { Draft } from './draft.js';

export function recommendationsSection(draft: Draft, label: string): Section | null {
  const recommendations = draft.context.recommendations ?? [];
  if (recommendations.length === 0) return null;
  return draft.section('recommendations', label, [
    {
      kind: 'bullets',
      items: recommendations.map(({ addressee, text }, i) => ({
        code: `recommendations.${i + 1}`,
        runs: [
          { kind: 'strong', text: draft.say(addressee) },
          { kind: 'text', text: ` ${draft.say(text)}` },
        ],
      })),
    },
  ]);
}
