export const cast = ['amina'];
