export const problem = 'innocent';
