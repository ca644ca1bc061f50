export const insertRows = 'ground';
