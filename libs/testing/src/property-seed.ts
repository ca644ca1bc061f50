/**
 * Property tests draw the same cases everywhere, so that a change is not refused for a case it did not touch:
 * `PROPERTY_SEED=random npm test` draws others, `PROPERTY_SEED=<number>` those of a run that failed.
 * Loaded before each spec (`setupFiles` in jest.config.js).
 */
import fc from 'fast-check';

const DRAWN_EVERYWHERE = 20_220_327;
const asked = process.env['PROPERTY_SEED'];

if (asked !== 'random') {
  const seed = asked === undefined ? DRAWN_EVERYWHERE : Number(asked);
  if (!Number.isInteger(seed)) throw new Error(`PROPERTY_SEED is a whole number or "random", not "${asked}"`);
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
}
