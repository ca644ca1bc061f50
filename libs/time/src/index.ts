export * from './civil.js';
export * from './event-date.js';
export * from './local-spelling.js';
export * from './zone.js';
