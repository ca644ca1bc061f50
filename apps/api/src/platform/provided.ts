/** Names under which plain values are injected. */
export const CONFIG = Symbol('Config');
export const KEYS = Symbol('Keys');
