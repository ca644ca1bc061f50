/**
 * The words of the domain and what they add up to: from the recorded events of one person to what happened, and what
 * counts. Everything is computed from events with the time as an argument; nothing here is stored.
 *
 * Begin with `types.ts`, then `readCaseFile`, then the examples in `../cases`.
 */
export * from './types.js';
export {
  statusAt,
  type ContactState,
  type Elapsed,
  type JudgeState,
  type LibertyStatus,
  type Status,
} from './status.js';
export * from './status-at-death.js';
export { readCaseFile, type ArrestReading, type FactAccounts, type Reading } from './reading.js';
export { firstJudge, isBeforeJudge, type Presence } from './judge.js';
export { endsCustody, isConviction } from './leaving-custody.js';
export { deniesContact, hidesWhereabouts, isContact } from './contact.js';
export { STAGES, showsConviction, stateOn, type StateChange } from './stages.js';
export { endOfWait, leavingOf, type Ending, type Leaving } from './ending.js';
export { daysHeld, waitOf, type Duration, type LeftOut, type Wait } from './waits.js';
export { verdict, type Limit, type Verdict } from './verdict.js';
export { remedyStatus, type RemedyStep } from './remedies.js';
export * from './counted.js';
export { faultsIn, sequenceFaults, type SequenceContext, type SequenceFault } from './sequence.js';
export { daysFromTo, type DayInterval } from './day-distance.js';
export { isKnownBy, lastDayKnown } from './horizon.js';
export { lastDayOfKnowledge } from './known-on.js';
