export const table = 'exact';
