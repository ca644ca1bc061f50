export * from './permissions.js';
export * from './roles.js';
export * from './caller.js';
export * from './password-rules.js';
export * from './reading.js';
export * from './totp.js';
