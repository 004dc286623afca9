import { say, told } from '../../lib/i18n';
import { ApiError } from '../../lib/net/api';

/** The sentence for something that failed: the server's, or that it cannot be reached. */
export function whatWentWrong(problem: unknown): string {
  return problem instanceof ApiError ? told(problem) : say().unreachable;
}
