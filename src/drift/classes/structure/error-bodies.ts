export const messageKeys =
  'error message msg detail title reason description errorMessage error_message error_description'.split(' ');
