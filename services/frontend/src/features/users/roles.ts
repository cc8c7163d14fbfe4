// The roles, from the least to the most.
import type { Role } from './api/use-users';

export const roles: readonly Role[] = ['viewer', 'operator', 'administrator'];
